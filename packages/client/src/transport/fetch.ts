/** Sends one request, and resolves with whatever response there is. */
export type Fetch = (request: Request) => Promise<Response>;
