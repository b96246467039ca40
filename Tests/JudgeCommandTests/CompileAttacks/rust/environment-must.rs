// attack: demands a variable that the judge was started with
fn main() { println!("{}", env!("JUDGE_SECRET")); }
