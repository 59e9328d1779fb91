#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// The C library declares these only under _GNU_SOURCE, which a module cannot ask for.
#include <spawn.h>
extern int pipe2(int descriptors[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#define PENSTOCK_SPAWN_SETSID 0x80

// Macros, which Swift does not see.

static inline long penstock_bio_contents(BIO *bio, char **contents) {
    return BIO_get_mem_data(bio, contents);
}

// Names as RFC 2253 writes them, with UTF-8 as it is.
static const unsigned long penstock_name_flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

static inline int penstock_safe_count(const STACK_OF(PKCS7) *safes) {
    return sk_PKCS7_num(safes);
}

static inline PKCS7 *penstock_safe(const STACK_OF(PKCS7) *safes, int index) {
    return sk_PKCS7_value(safes, index);
}

static inline void penstock_free_safes(STACK_OF(PKCS7) *safes) {
    sk_PKCS7_pop_free(safes, PKCS7_free);
}

static inline int penstock_bag_count(const STACK_OF(PKCS12_SAFEBAG) *bags) {
    return sk_PKCS12_SAFEBAG_num(bags);
}

static inline PKCS12_SAFEBAG *penstock_bag(const STACK_OF(PKCS12_SAFEBAG) *bags, int index) {
    return sk_PKCS12_SAFEBAG_value(bags, index);
}

static inline void penstock_free_bags(STACK_OF(PKCS12_SAFEBAG) *bags) {
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
