#pragma once

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt take a variable argument list, which
// Swift cannot call. Each shim fixes the type of that one argument.

#include <curl/curl.h>

static inline CURLcode penstock_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode penstock_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode penstock_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode penstock_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode penstock_easy_set_list(
    CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// The body (CURLOPT_WRITEFUNCTION) and header (CURLOPT_HEADERFUNCTION) callbacks.
typedef size_t (*penstock_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode penstock_easy_set_sink(CURL *easy, CURLoption option, penstock_sink value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode penstock_easy_set_prerequest(
    CURL *easy, curl_prereq_callback value, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
}

static inline CURLcode penstock_easy_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode penstock_easy_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode penstock_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLcode penstock_message_result(const CURLMsg *message) {
    return message->data.result;
}

// The C library declares this only under _GNU_SOURCE, which a module cannot ask for.
#include <pthread.h>
extern int pthread_setname_np(pthread_t thread, const char *name);

static inline int penstock_name_current_thread(const char *name) {
    return pthread_setname_np(pthread_self(), name);
}
