// How the program holds memory that it has freed (glibc's allocator; with another one both do nothing). Freed memory
// stays with the process, in as many heaps as there were threads that wanted some at once; what is freed in one is of
// no use to another. Safe from any thread.
#pragma once

namespace syncline {

// Heaps for two threads at once instead of eight a processor: a pull of a million records holds 38 MB at most instead
// of 56, and takes as long. Call it first, before there are threads.
void share_heaps();

// Gives back to the system what is free. It takes about a millisecond for some megabytes, and what is needed again is
// fetched again: when work has ended, not between its parts.
void release_free_memory();

}  // namespace syncline
