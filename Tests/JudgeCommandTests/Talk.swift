/// Both sides of a conversation in one program: each argument is something that it does, in order. A
/// validator's begin behind its three files.
enum Talk {
    static let source = #"""
        #include <errno.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>
        #include <unistd.h>

        static int at_end;

        /* Whole lines in one call, so that nothing of one is held back. */
        static void say(const char *text, const char *end) {
            char line[4096];
            int size = snprintf(line, sizeof line, "%s%s", text, end);
            if (write(1, line, size) != size) exit(91);
        }

        static void hear(void) {
            char byte = 0;
            while (byte != '\n') {
                if (read(0, &byte, 1) != 1) { at_end = 1; return; }
            }
        }

        static void noise(int to, long bytes) {
            static char block[65536];
            memset(block, 'x', sizeof block);
            while (bytes != 0) {
                long size = bytes > 0 && bytes < (long)sizeof block ? bytes : (long)sizeof block;
                long count = write(to, block, size);
                if (count < 0) return;
                if (bytes > 0) bytes -= count;
            }
        }

        static void spin(long milliseconds) {
            struct timespec now;
            do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
            while (milliseconds < 0 || now.tv_sec * 1000 + now.tv_nsec / 1000000 < milliseconds);
        }

        static void drain(void) {
            static char block[65536];
            while (read(0, block, sizeof block) > 0) {}
        }

        int main(int count, char **words) {
            int first = count > 3 && strstr(words[1], ".data/") ? 4 : 1;
            for (int i = first; i < count; i++) {
                char *word = words[i], *rest = strchr(word, ' ');
                if (rest) *rest++ = 0; else rest = "";
                if (!strcmp(word, "say")) say(rest, "\n");
                else if (!strcmp(word, "mutter")) say(rest, "");
                else if (!strcmp(word, "hear")) hear();
                else if (!strcmp(word, "drain")) drain();
                else if (!strcmp(word, "at-end")) { if (at_end) return atoi(rest); }
                else if (!strcmp(word, "exit")) return atoi(rest);
                else if (!strcmp(word, "crash")) raise(SIGSEGV);
                else if (!strcmp(word, "spin")) spin(*rest ? atol(rest) : -1);
                else if (!strcmp(word, "sleep")) sleep(1000);
                else if (!strcmp(word, "wait")) for (;;) pause();
                else if (!strcmp(word, "close-output")) close(1);
                else if (!strcmp(word, "close-input")) close(0);
                else if (!strcmp(word, "flood")) noise(1, *rest ? atol(rest) : -1);
                else if (!strcmp(word, "complain")) noise(2, atol(rest));
                else if (!strcmp(word, "ask"))
                    for (long left = atol(rest); left > 0; left--) { say("ping", "\n"); hear(); }
                else if (!strcmp(word, "answer"))
                    for (long left = atol(rest); left > 0; left--) { hear(); say("pong", "\n"); }
                else if (!strcmp(word, "note")) {
                    char path[256];
                    snprintf(path, sizeof path, "%s%s", words[3], "judgemessage.txt");
                    FILE *file = fopen(path, "a");
                    if (!file) return 92;
                    fprintf(file, "%s\n", rest);
                    fclose(file);
                } else return 93;
            }
            return 94;
        }
        """#

    /// Writes a package whose validator and submission, `talk.c`, do as they are told.
    static func write(
        _ desk: Desk, to directory: String, type: String = "interactive", validator: [String],
        submission: [String], tests: Int = 1, timeLimit: Double = 10, validationTime: Double = 20
    ) throws {
        func list(_ words: [String]) -> String {
            "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
        try desk.write(
            "\(directory)/problem.yaml",
            "problem_format_version: 2025-09\nname: Talk\nuuid: 1\ntype: [\(type)]\nlimits:\n"
                + "  time_limit: \(timeLimit)\n  time_resolution: 0.1\n  memory: 64\n"
                + "  validation_time: \(validationTime)\n  validation_memory: 64\n")
        try desk.write(
            "\(directory)/data/secret/test_group.yaml",
            "args: \(list(submission))\noutput_validator_args: \(list(validator))\n")
        for number in 1...tests {
            try desk.write("\(directory)/data/secret/\(number).in", "1\n")
            try desk.write("\(directory)/data/secret/\(number).ans", "")
        }
        try desk.write("\(directory)/output_validator/talk.c", source)
        try desk.write("talk.c", source)
    }
}
