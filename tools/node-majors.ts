/** The major versions of Node that all tests run on, the oldest first. */
export const nodeMajors = [20, 22, 24] as const;
