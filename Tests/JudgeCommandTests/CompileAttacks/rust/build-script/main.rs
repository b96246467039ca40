// attack: brings a build script, a manifest and settings of cargo that would run it
// expect: WA
fn main() { println!("{:?}", option_env!("OUT_DIR")); }
