// attack: takes a file of the host's into the program as text and prints it
// twin: yes
fn main() { print!("{}", include_str!("@CANARY@")); }
