/**
 * Options of every write. The list is asked for again: its filter, its count and its revision are the
 * gateway's to tell.
 */
export const afterWrite = { refetchQueries: ["Reasons"], awaitRefetchQueries: true };
