// SPDX-License-Identifier: GPL-2.0-only

#include "allocations.h"

#include <cstdlib>
#include <new>

namespace
{

uint64_t g_allocations = 0; // ns-3 has one thread

} // namespace

// They take the place of the standard library's in the whole program.

void*
operator new(std::size_t size)
{
    ++g_allocations;
    if (void* memory = std::malloc(size != 0 ? size : 1))
    {
        return memory;
    }
    throw std::bad_alloc();
}

void
operator delete(void* memory) noexcept
{
    std::free(memory);
}

void
operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace ns3
{
namespace test
{

uint64_t
CountAllocations()
{
    return g_allocations;
}

} // namespace test
} // namespace ns3
