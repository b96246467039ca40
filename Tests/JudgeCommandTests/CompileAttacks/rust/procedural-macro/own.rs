extern crate proc_macro;
#[proc_macro_attribute]
pub fn read(_: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    println!("{}", std::fs::read_to_string("@CANARY@").unwrap());
    item
}
