// attack: makes a program of gigabytes by an array that is set
// time: 3
static ALL: [u8; 8 << 30] = [1; 8 << 30];
fn main() { println!("{}", ALL[7]); }
