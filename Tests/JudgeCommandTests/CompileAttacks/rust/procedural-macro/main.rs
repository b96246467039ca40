// attack: brings a procedural macro and a build script, which would be code in the compiler
mod own;
#[own::read]
fn main() {}
