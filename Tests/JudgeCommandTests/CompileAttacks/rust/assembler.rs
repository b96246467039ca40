// attack: lets the assembler put a file of the host's into the program, which prints it
// twin: yes
use std::io::Write;
std::arch::global_asm!(".section .rodata", "own_start: .incbin \"@CANARY@\"", "own_end: .byte 0", ".text");
extern "C" { static own_start: u8; static own_end: u8; }
fn main() {
    unsafe {
        let (start, end) = (&own_start as *const u8, &own_end as *const u8);
        let text = std::slice::from_raw_parts(start, end.offset_from(start) as usize);
        std::io::stdout().write_all(text).unwrap();
    }
}
