import { isUtf8 } from 'node:buffer';
import { type Request, type RequestHandler, type Response, json, raw } from 'express';
import { bodyProblem, NotUtf8Error, parseJson, requireLevels } from './body';
import { type BodyFormat, FORMATS } from './body-format';
import { ProblemException } from './problem';
import { UnprovenBodies } from './unproven-bodies';

// What a process can spare next to its work; a flood of the largest bodies is cut off at this.
const UNPROVEN_BYTES = 32 * 1024 * 1024;

/**
 * Reads a request's body on demand, and once. The first demand comes after the headers were checked, so
 * nothing of a request that they refuse is ever held.
 */
export class RequestBodies {
  private readonly unproven: UnprovenBodies;
  private readonly readBytes: RequestHandler;
  private readonly readUncompressed: RequestHandler;
  private readonly readJson: RequestHandler;
  private readonly bytes = new WeakMap<Request, Buffer>();

  /** @param limitBytes of one body; a larger one is a 413. */
  constructor(limitBytes: number) {
    const limits = { limit: limitBytes, type: () => true };
    this.readBytes = raw(limits);
    // A few compressed bytes from a stranger may unpack to any number.
    this.readUncompressed = raw({ ...limits, inflate: false });
    this.readJson = json({ limit: limitBytes, verify: requireUtf8 });
    // A body of the largest size must always have room.
    this.unproven = new UnprovenBodies(Math.max(UNPROVEN_BYTES, 2 * limitBytes));
  }

  /** The bytes of a body that was already read; null before. */
  bytesOf(request: Request): Buffer | null {
    return this.bytes.get(request) ?? null;
  }

  /**
   * Reads the bytes of a body whose signature has to prove the sender, because the headers could not.
   *
   * @throws ProblemException 400, 413, 415, or 503 if strangers send more than there is room for.
   */
  async readUnproven(request: Request, response: Response, format: BodyFormat): Promise<void> {
    requireFormat(request, format);
    const read = (): Promise<void> => run(this.readUncompressed, request, response);
    await this.unproven.during(request, response, read);
    this.keepBytes(request);
  }

  /** Leaves the bytes of a body as `request.body`. @throws ProblemException 400, 413, 415. */
  async takeBytes(request: Request, response: Response, format: BodyFormat): Promise<void> {
    requireFormat(request, format);
    if (this.bytesOf(request) === null) {
      await run(this.readBytes, request, response);
      this.keepBytes(request);
    }
    request.body = this.bytesOf(request);
  }

  /** Leaves the JSON of a body as `request.body`. @throws ProblemException 400, 413, 415. */
  async takeJson(request: Request, response: Response): Promise<void> {
    requireFormat(request, 'json');
    const bytes = this.bytesOf(request);
    if (bytes === null) await run(this.readJson, request, response);
    else request.body = parseJson(bytes);
    requireLevels(request.body);
  }

  private keepBytes(request: Request): void {
    const body: unknown = request.body;
    this.bytes.set(request, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  }
}

function run(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(bodyProblem(error));
    });
  });
}

/** A body of another type is refused, not ignored. */
function requireFormat(request: Request, format: BodyFormat): void {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  const hasBody = (length !== undefined && length !== '0') || coding !== undefined;
  const { types, name } = FORMATS[format];
  if (hasBody && !request.is([...types]))
    throw new ProblemException(415, { detail: `Send the body as ${name}.` });
}

/** Express's parser replaces what it cannot read with a mark. */
function requireUtf8(_request: unknown, _response: unknown, bytes: Buffer, charset: string): void {
  if (charset === 'utf-8' && !isUtf8(bytes)) throw new NotUtf8Error();
}
