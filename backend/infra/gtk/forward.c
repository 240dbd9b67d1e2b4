//go:build lazygtk && linux && (amd64 || arm64)

// A slot for the address of each function, and the function itself: a jump to what the slot holds. Arguments, also those
// of variadic functions, stay in registers and on the stack as they are.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#define JUMP(name) "endbr64\n jmp *slot_" #name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name) "adrp x16, slot_" #name "\n ldr x16, [x16, :lo12:slot_" #name "]\n br x16\n"
#endif

#define FORWARD(name)                                                       \
	static void *slot_##name __attribute__((used));                         \
	__asm__(".pushsection .text\n"                                          \
		".globl " #name "\n.hidden " #name "\n.type " #name ", %function\n" #name ":\n" JUMP(name) \
		".size " #name ", . - " #name "\n"                                  \
		".popsection\n");
#include "functions.h"
#undef FORWARD

static const struct { const char *name; void **slot; } functions[] = {
#define FORWARD(name) { #name, &slot_##name },
#include "functions.h"
#undef FORWARD
};

// packbench_load_gtk fills the slots. It gives NULL, or what is wrong, which the caller frees.
char *packbench_load_gtk(const char *library) {
	void *handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
	if (handle == NULL) {
		return strdup(dlerror());
	}
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
		void *address = dlsym(handle, functions[i].name);
		if (address == NULL) {
			return strdup(dlerror());
		}
		*functions[i].slot = address;
	}
	return NULL;
}
