/* What both peers share: messages read from files and held in memory, and the processor time of this process. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct message {
    char *bytes;
    int length;
};

static struct message *messages;
static int held, room;

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void add(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = malloc(length + 1);
    if (fread(bytes, 1, length, file) != (size_t)length) exit(1);
    bytes[length] = 0;
    fclose(file);
    if (held == room) messages = realloc(messages, (room = room * 2 + 16) * sizeof *messages);
    messages[held++] = (struct message){bytes, (int)length};
}

