#pragma once

// The C library declares these only under _GNU_SOURCE, which a module cannot ask for. With them a
// descriptor is never open to a program that is started at the same moment.
struct sockaddr;
extern int accept4(int listener, struct sockaddr *address, unsigned int *length, int flags);
extern int pipe2(int descriptors[2], int flags);
