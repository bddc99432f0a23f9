/* Stands in, under a Wine that is older than it, for the library of Windows 10 from which Rust takes its random numbers.
   Only for trying the program: it is not packed. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID data, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    return SystemFunction036(data, (ULONG)size);
}
