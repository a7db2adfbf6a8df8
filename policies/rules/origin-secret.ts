/** Header by which CloudFront proves itself to the services; what sends it and what demands it must agree. */
export const originSecretHeader = "x-origin-secret";
