// attack: takes endless zeros into the program
// time: 3
static ALL: &[u8] = include_bytes!("/dev/zero");
fn main() { println!("{}", ALL.len()); }
