//! The instant, injected.
//!
//! Business time comes from the clock that a service was started with: the
//! system's under `yiwang serve`, a movable one under `yiwang up`, a manual one
//! in tests. Security (token expiry, sessions, lock-out) always uses
//! [`SystemClock`], whatever the business clock says.

use std::{
    fmt::Debug,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};

/// Tells the present instant, in whole microseconds as PostgreSQL keeps them.
pub trait Clock: Send + Sync + Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A clock shared by the tasks of a process.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// A clock that stands still until it is told otherwise; clones share it.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

/// The machine's clock plus an offset kept in a small file, so that several
/// processes of one demonstration agree. It only ever moves forward.
#[derive(Debug)]
pub struct DemoClock {
    path: PathBuf,
    cached: Mutex<Cached>,
}

#[derive(Debug)]
struct Cached {
    read_at: Instant,
    offset: SignedDuration,
}

/// Why a [`DemoClock`] could not be opened or moved.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The requested instant is before the present one.
    #[error("the demo clock only moves forward")]
    Backwards,
    /// The requested instant is later than any that the calendar can hold.
    #[error("the requested instant is out of range")]
    OutOfRange,
    /// The offset file does not hold a whole number of milliseconds.
    #[error("the demo clock file {0} is damaged")]
    Damaged(PathBuf),
    /// The offset file cannot be read or written.
    #[error("cannot use the demo clock file {path}")]
    Io {
        /// The offset file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

/// How long a process may keep an offset that another one has changed.
pub const REREAD_AFTER: Duration = Duration::from_millis(200);

/// No demonstration needs more than a century.
const MAX_OFFSET: SignedDuration = SignedDuration::from_hours(24 * 366 * 100);

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that reads the system clock"
        )]
        whole_micros(Timestamp::now())
    }
}

impl ManualClock {
    /// A clock that stands at `at`.
    pub fn new(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// Moves the clock to `at`, forward or back.
    pub fn set(&self, at: Timestamp) {
        *locked(&self.0) = at;
    }

    /// Moves the clock by `by`; it stays where it is when that is out of range.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = locked(&self.0);
        *now = now.checked_add(by).unwrap_or(*now);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *locked(&self.0)
    }
}

impl DemoClock {
    /// Opens the clock whose offset lives in `path`; a missing file means no offset.
    ///
    /// # Errors
    /// When the file is there but unreadable or damaged.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, ClockError> {
        let path = path.into();
        let offset = read_offset(&path)?;
        Ok(Self {
            path,
            cached: Mutex::new(Cached {
                read_at: Instant::now(),
                offset,
            }),
        })
    }

    /// Moves the clock forward by `by` and returns the new instant.
    ///
    /// # Errors
    /// When `by` is negative or too far, or the file cannot be written.
    pub fn advance(&self, by: SignedDuration) -> Result<Timestamp, ClockError> {
        self.change(|offset| offset.checked_add(by).ok_or(ClockError::OutOfRange))
    }

    /// Moves the clock forward to `at` and returns the new instant.
    ///
    /// # Errors
    /// When `at` has passed or is too far, or the file cannot be written.
    pub fn set(&self, at: Timestamp) -> Result<Timestamp, ClockError> {
        self.change(|_| Ok(at.duration_since(SystemClock.now())))
    }

    fn change(
        &self,
        next: impl FnOnce(SignedDuration) -> Result<SignedDuration, ClockError>,
    ) -> Result<Timestamp, ClockError> {
        let io = |source| ClockError::Io {
            path: self.path.clone(),
            source,
        };
        let lock = fs::File::create(self.path.with_extension("lock")).map_err(io)?;
        lock.lock().map_err(io)?;
        let offset = read_offset(&self.path)?;
        let wanted = next(offset)?;
        if wanted < offset {
            return Err(ClockError::Backwards);
        }
        let now = SystemClock
            .now()
            .checked_add(wanted)
            .map_err(|_| ClockError::OutOfRange)?;
        if wanted > MAX_OFFSET {
            return Err(ClockError::OutOfRange);
        }
        let draft = self.path.with_extension("new");
        fs::write(&draft, format!("{}\n", wanted.as_millis())).map_err(io)?;
        fs::rename(&draft, &self.path).map_err(io)?;
        *locked(&self.cached) = Cached {
            read_at: Instant::now(),
            offset: wanted,
        };
        Ok(now)
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let mut cached = locked(&self.cached);
        if cached.read_at.elapsed() >= REREAD_AFTER {
            cached.read_at = Instant::now();
            // An unreadable file keeps the last offset: time must not jump back.
            if let Ok(offset) = read_offset(&self.path) {
                cached.offset = offset.max(cached.offset);
            }
        }
        let now = SystemClock.now();
        now.checked_add(cached.offset).unwrap_or(now)
    }
}

fn read_offset(path: &Path) -> Result<SignedDuration, ClockError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(SignedDuration::ZERO),
        Err(source) => {
            return Err(ClockError::Io {
                path: path.to_owned(),
                source,
            });
        }
    };
    let millis: i64 = text
        .trim()
        .parse()
        .map_err(|_| ClockError::Damaged(path.to_owned()))?;
    Ok(SignedDuration::from_millis(millis))
}

fn whole_micros(at: Timestamp) -> Timestamp {
    let floor = TimestampRound::new()
        .smallest(Unit::Microsecond)
        .mode(jiff::RoundMode::Floor);
    at.round(floor).unwrap_or(at)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_is_shared_by_its_clones() {
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let other = clock.clone();
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(other.now().to_string(), "2026-05-13T01:00:00Z");
    }

    #[test]
    fn the_system_clock_has_whole_microseconds() {
        assert_eq!(SystemClock.now().as_nanosecond() % 1_000, 0);
    }

    #[test]
    fn demo_clocks_on_one_file_agree_and_never_go_back() {
        let dir = tempfile::tempdir().unwrap();
        let first = DemoClock::open(dir.path().join("clock")).unwrap();
        let week = SignedDuration::from_hours(7 * 24);
        let moved = first.advance(week).unwrap();

        let second = DemoClock::open(dir.path().join("clock")).unwrap();
        assert!(second.now() >= moved);
        assert!(matches!(
            second.set(moved - SignedDuration::from_hours(1)),
            Err(ClockError::Backwards)
        ));
        assert!(matches!(second.advance(-week), Err(ClockError::Backwards)));
        assert!(matches!(
            second.set(Timestamp::MAX),
            Err(ClockError::OutOfRange)
        ));
        assert!(second.now() < moved + SignedDuration::from_hours(1));
    }

    #[test]
    fn a_damaged_offset_is_refused_at_start() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("clock");
        fs::write(&path, "soon").unwrap();
        assert!(matches!(
            DemoClock::open(&path),
            Err(ClockError::Damaged(_))
        ));
    }
}
