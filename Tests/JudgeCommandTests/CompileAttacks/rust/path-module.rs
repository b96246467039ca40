// attack: names a file of the host's as a module
// twin: yes
#[path = "@CANARY@"]
mod other;
fn main() {}
