// attack: takes standard input into the program, which may wait for ever
// expect: CE or WA
static ALL: &[u8] = include_bytes!("/dev/stdin");
fn main() { println!("{}", ALL.len()); }
