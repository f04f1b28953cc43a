// Runs a command without transparent huge pages, whatever it asks the kernel for.
// Usage: without_huge_pages COMMAND [ARGUMENT...]
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: without_huge_pages COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0) {
    std::perror("prctl");
    return 1;
  }
  execvp(argv[1], argv + 1);
  std::perror(argv[1]);
  return 1;
}
