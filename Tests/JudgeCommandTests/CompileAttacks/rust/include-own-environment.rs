// attack: takes the environment and the command line of its own compiler into the program
// expect: WA or CE
fn main() {
    println!("{}", String::from_utf8_lossy(include_bytes!("/proc/self/environ")));
    println!("{}", String::from_utf8_lossy(include_bytes!("/proc/self/cmdline")));
}
