// attack: takes a file of the host's as Rust, whose lines the compiler would show
// twin: yes
include!("@CANARY@");
fn main() {}
