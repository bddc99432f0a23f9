//! A panic that the program catches is a find too, unless it came from a reader whose panics are expected.

use std::cell::RefCell;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::Once;

use super::Body;

thread_local! {
    /// What panicked last on this thread, apart from what is expected to.
    static BROKE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The reader of the binary formats indexes into records as they come; the program counts on it to panic.
const EXPECTED_FROM: &str = "calamine";

/// Gives a target's body an input, and panics also where the program broke down and caught it.
pub fn held_to_it(body: Body, input: &[u8]) {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !is_expected(info) {
                BROKE.set(Some(info.to_string()));
                before(info);
            }
        }));
    });
    BROKE.take();
    body(input);
    if let Some(broke) = BROKE.take() {
        panic!("caught on the way: {broke}");
    }
}

fn is_expected(info: &PanicHookInfo<'_>) -> bool {
    info.location().is_some_and(|place| place.file().contains(EXPECTED_FROM))
}
