#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| sporskifte_fuzz::held_to_it(sporskifte_fuzz::settings, input));
