#pragma once

#include <stdbool.h>

// Linking this into a test executable is enough for what it does.

// Whether the tests were built with the thread sanitizer.
bool penstock_thread_sanitizer_is_on(void);
