// attack: prints the variables that the judge was started with
// expect: WA
fn main() {
    println!("{:?} {:?} {:?}", option_env!("JUDGE_SECRET"), option_env!("JUDGE_DATABASE"), option_env!("HOME"));
}
