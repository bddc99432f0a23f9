//! Readers that cannot be interrupted, held to the time that a file may take.

use std::sync::mpsc;
use std::thread;

use super::ReadError;
use super::deadline::Deadline;

/// Runs a reader on a thread of its own, and goes on without it when the time is up.
///
/// The thread cannot be stopped: it ends when its reader does, and what it then gives is dropped.
pub(crate) fn run<T: Send + 'static>(
    deadline: Deadline,
    read: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let reader = move || {
        // Nobody listens any more where the time was up.
        let _ = sender.send(read());
    };
    thread::Builder::new()
        .name("reader".into())
        .spawn(reader)
        .map_err(|error| ReadError::damaged("file", format_args!("no thread for its reader: {error}")))?;
    match receiver.recv_timeout(deadline.left()) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(deadline.error()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(ReadError::contradictory()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::*;

    fn allowed(seconds: u64) -> Deadline {
        Deadline::starting_now(&Limits { seconds, ..Limits::default() })
    }

    #[test]
    fn what_is_read_in_time_comes_through() {
        assert_eq!(run(allowed(60), || Ok(7)), Ok(7));
        assert_eq!(run(allowed(60), || Err::<(), _>(ReadError::Empty)), Err(ReadError::Empty));
    }

    #[test]
    fn a_reader_that_does_not_end_is_left_behind() {
        let (_keeps_it_waiting, never) = mpsc::channel::<()>();
        let read = move || {
            let _ = never.recv();
            Ok(())
        };
        assert_eq!(run(allowed(0), read), Err(ReadError::TooSlow { limit: 0 }));
    }

    #[test]
    fn a_reader_that_breaks_down_is_a_damaged_file() {
        let breaks: fn() -> Result<(), ReadError> = || panic!("a record that contradicts itself");
        assert!(matches!(run(allowed(60), breaks), Err(ReadError::Damaged { .. })));
    }
}
