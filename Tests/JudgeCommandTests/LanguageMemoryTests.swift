import Foundation
import Testing

@Suite(
    "Memory limits of languages with a heap of their own",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct LanguageMemoryTests {
    /// Each keeps 100 MiB that it has written to, and prints one of its bytes.
    private static let programs: [(id: String, name: String, text: String)] = [
        (
            "java", "Keep.java",
            """
            import java.util.*;
            public class Keep {
                public static void main(String[] arguments) {
                    List<byte[]> kept = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        byte[] block = new byte[1 << 20];
                        Arrays.fill(block, (byte) 3);
                        kept.add(block);
                    }
                    System.out.println(kept.get(99)[5]);
                }
            }
            """
        ),
        (
            "java", "One.java",
            """
            class One {
                public static void main(String[] arguments) {
                    byte[] block = new byte[100 << 20];
                    java.util.Arrays.fill(block, (byte) 3);
                    System.out.println(block[block.length - 1]);
                }
            }
            """
        ),
        (
            "go", "keep.go",
            """
            package main

            import "fmt"

            func main() {
            	var kept [][]byte
            	for i := 0; i < 100; i++ {
            		block := make([]byte, 1<<20)
            		for j := range block {
            			block[j] = 3
            		}
            		kept = append(kept, block)
            	}
            	fmt.Println(kept[99][5])
            }
            """
        ),
        (
            "javascript", "keep.js",
            """
            const kept = [];
            for (let i = 0; i < 100; i++) kept.push(new Uint8Array(1 << 20).fill(3));
            console.log(kept[99][5]);
            """
        ),
        (
            "javascript", "objects.js",
            """
            const kept = [];
            for (let i = 0; i < 1_600_000; i++) kept.push({ number: i, next: [i] });
            console.log(kept.length > 1 ? 3 : 0);
            """
        ),
    ]

    @Test(
        "What needs 100 MB runs in 256 MB and is out of memory in 64 MB",
        arguments: programs.indices)
    func limits(row: Int) throws {
        let (id, name, text) = Self.programs[row]
        _ = try ShippedLanguages.require(id)
        let desk = try Desk()
        try desk.write(name, text + "\n")
        for (limit, verdict) in [(256, "AC"), (64, "MLE")] {
            try desk.write(
                "keep/problem.yaml", "name: Keep\nlimits:\n  time_limit: 20\n  memory: \(limit)\n")
            try desk.write("keep/data/secret/1.in", "")
            try desk.write("keep/data/secret/1.ans", "3\n")
            let answer = try desk.judge(
                "run", "keep", name, "-l", id, "--json", "--config", ShippedLanguages.configuration)
            #expect(
                answer.output.contains("\"verdict\": \"\(verdict)\", \"score\""),
                "\(name) in \(limit) MiB: \(answer)")
        }
    }

    /// Flags that follow from the limit are numbers which run-time systems may count in 32 bits.
    @Test(
        "A limit of many GiB keeps no run-time system from starting",
        arguments: [
            ("javascript", "s.js", "console.log(3)"), ("haskell", "s.hs", "main = print 3"),
            (
                "java", "S.java",
                "class S { public static void main(String[] a) { System.out.println(3); } }"
            ),
            ("commonlisp", "s.lisp", "(format t \"3~%\")"),
            ("typescript", "s.ts", "console.log(3);"),
        ])
    func large(id: String, name: String, text: String) throws {
        _ = try ShippedLanguages.require(id)
        let desk = try Desk()
        try desk.write(name, text + "\n")
        try desk.write("print/data/secret/1.in", "")
        try desk.write("print/data/secret/1.ans", "3\n")
        for limit in [2_300, 4_096, 9_000] {
            try desk.write(
                "print/problem.yaml", "name: Print\nlimits:\n  time_limit: 20\n  memory: \(limit)\n"
            )
            let answer = try desk.judge(
                "run", "print", name, "-l", id, "--config", ShippedLanguages.configuration)
            #expect(answer.status == 0, "in \(limit) MiB: \(answer)")
        }
    }
}
