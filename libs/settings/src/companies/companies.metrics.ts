import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';

/** Shows how many companies this process goes by, and whether their file is in order. */
@Injectable()
export class CompaniesMetrics {
  private readonly count;
  private readonly inOrder;
  private readonly atRunTime;
  private readonly botsOff;

  constructor(metrics: Metrics) {
    this.count = metrics.gauge({
      name: 'companies',
      help: 'Companies of the companies file that this process goes by.',
    });
    this.inOrder = metrics.gauge({
      name: 'companies_file_in_order',
      help: '0 while the companies file has problems, and what it said before holds.',
    });
    this.atRunTime = metrics.gauge({
      name: 'companies_at_run_time',
      help: 'Companies that operators have given settings at run time, as this process goes by them.',
    });
    this.botsOff = metrics.gauge({
      name: 'bots_off',
      help: 'Companies whose bot an operator has switched off.',
    });
  }

  show(companies: number, isInOrder: boolean): void {
    this.count.set(companies);
    this.inOrder.set(Number(isInOrder));
  }

  showRunTime(companies: number, botsOff: number): void {
    this.atRunTime.set(companies);
    this.botsOff.set(botsOff);
  }
}
