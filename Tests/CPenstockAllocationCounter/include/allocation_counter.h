#pragma once

#include <stdbool.h>

/// Whether allocations can be counted in this build; not under a sanitizer, which has its own.
bool allocation_counter_works(void);

/// Counts, from now on, the allocations of the calling thread, but for those that libcurl and
/// librdkafka ask for.
void allocation_counter_begin(void);

/// Ends the counting and returns how many there were.
long allocation_counter_end(void);

/// How many there are so far.
long allocation_counter_count(void);
