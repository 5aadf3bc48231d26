#include "base/memory.hpp"

#include <malloc.h>

namespace syncline {

namespace {

constexpr int kHeapsMax = 2;

}  // namespace

void share_heaps() { mallopt(M_ARENA_MAX, kHeapsMax); }

void release_free_memory() { malloc_trim(0); }

}  // namespace syncline
