use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let sum: i32 = text.split_whitespace().map(|word| word.parse::<i32>().unwrap()).sum();
    println!("{sum}");
}
