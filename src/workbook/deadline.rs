//! How long reading one file may take.

use std::time::{Duration, Instant};

use super::{Limits, ReadError};

/// When a file must have been read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    start: Instant,
    seconds: u64,
}

impl Deadline {
    /// The time that the limits allow, from now on.
    pub(crate) fn starting_now(limits: &Limits) -> Self {
        Self { start: Instant::now(), seconds: limits.seconds }
    }

    /// Refuses to go on when the time is up.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        if self.left().is_zero() { Err(self.error()) } else { Ok(()) }
    }

    /// The time that is left.
    pub(crate) fn left(&self) -> Duration {
        Duration::from_secs(self.seconds).saturating_sub(self.start.elapsed())
    }

    /// The error for a file whose time is up.
    pub(crate) fn error(&self) -> ReadError {
        ReadError::TooSlow { limit: self.seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_up_after_as_many_seconds_as_allowed() {
        let of = |seconds, ago| {
            let start = Instant::now().checked_sub(Duration::from_secs(ago)).unwrap();
            Deadline { start, seconds }.check()
        };
        assert_eq!(of(60, 59), Ok(()));
        assert_eq!(of(60, 61), Err(ReadError::TooSlow { limit: 60 }));
        assert_eq!(of(0, 0), Err(ReadError::TooSlow { limit: 0 }));
    }
}
