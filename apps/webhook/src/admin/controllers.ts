import { AuditLogController } from './audit-log.controller';
import { BatchedController } from './batched.controller';
import { BatchesController } from './batches.controller';
import { BotStateController } from './bot-state.controller';
import { BulkRedriveController } from './bulk-redrive.controller';
import { CompanySettingsController } from './company-settings.controller';
import { ConfigController } from './config.controller';
import { CustomersController } from './customers.controller';
import { DeadLettersController } from './dead-letters.controller';
import { FlushController } from './flush.controller';
import { HistoryController } from './history.controller';
import { PauseController } from './pause.controller';
import { ReplayController } from './replay.controller';
import { SetAsideController } from './set-aside.controller';
import { SteeredController } from './steered.controller';
import { SteeringController } from './steering.controller';
import { TimelineController } from './timeline/timeline.controller';
import { TurnController } from './turn.controller';
import { UnreadableController } from './unreadable.controller';
import { WindowReportController } from './window-report.controller';

/** All controllers for operators. */
export const ADMIN_CONTROLLERS = [
  AuditLogController,
  BatchedController,
  BatchesController,
  BotStateController,
  BulkRedriveController,
  CompanySettingsController,
  ConfigController,
  CustomersController,
  DeadLettersController,
  FlushController,
  HistoryController,
  PauseController,
  ReplayController,
  SetAsideController,
  SteeredController,
  SteeringController,
  TimelineController,
  TurnController,
  UnreadableController,
  WindowReportController,
];
