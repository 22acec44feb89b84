// It brings no types: what is used of it.
declare module 'autocannon' {
  interface AutocannonRequest {
    method: string;
    headers: Record<string, string>;
    setupRequest?: (request: object) => object;
  }
  interface AutocannonResult {
    '2xx': number;
    non2xx: number;
    errors: number;
    duration: number;
    latency: { p50: number; p99: number };
  }
  export default function autocannon(load: {
    url: string;
    connections: number;
    duration: number;
    requests: AutocannonRequest[];
  }): Promise<AutocannonResult>;
}
