// attack: hands a file of the host's to the linker, as a library and as options
#[link(name = "../../../../../..@CANARY@", kind = "static")]
extern "C" { fn missing(); }
fn main() { unsafe { missing() } }
