/**
 * Options of every write. Refetches the list, since the gateway applies its filter and knows its count and revision.
 * The write does not wait for the refetch, so a failed refetch does not fail the write.
 */
export const afterWrite = { refetchQueries: ["Reasons"] };
