//! A child process that is signalled only while it is certainly ours.

use std::{
    io,
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use nix::{
    errno::Errno,
    sys::{
        signal::{Signal, kill},
        wait::{Id, WaitPidFlag, waitid},
    },
    unistd::Pid,
};
use tokio::{sync::watch, time::timeout};

use super::find_program;

/// A running (or ended) child process.
#[derive(Debug)]
pub(super) struct Process {
    pid: Pid,
    /// False from the moment that the pid may belong to somebody else.
    ours: Arc<Mutex<bool>>,
    ended: watch::Receiver<Option<ExitStatus>>,
}

/// `program` as a command that gets `signal` when the thread that started it dies.
pub(super) fn command(program: &std::path::Path, signal: Signal) -> Command {
    let Some(setpriv) = find_program("setpriv", &[]) else {
        return Command::new(program);
    };
    let name = signal.as_str().trim_start_matches("SIG");
    let mut command = Command::new(setpriv);
    command.arg("--pdeathsig").arg(name).arg("--").arg(program);
    command
}

impl Process {
    /// Starts `command` in a process group of its own, so that Ctrl-C reaches only us.
    ///
    /// A thread stays with the child: the death signal is tied to the thread
    /// that forked, and runtime threads may end before the process does.
    pub(super) fn spawn(mut command: Command) -> io::Result<Self> {
        command.process_group(0);
        let ours = Arc::new(Mutex::new(true));
        let (started, start) = mpsc::channel();
        let (end, ended) = watch::channel(None);
        let guard = Arc::clone(&ours);
        thread::Builder::new()
            .name("child".into())
            .spawn(move || match command.spawn() {
                Ok(child) => {
                    let _ = started.send(Ok(child.id()));
                    let status = reap(child, &guard);
                    let _ = end.send(status.ok());
                }
                Err(error) => drop(started.send(Err(error))),
            })?;
        let pid = start.recv().map_err(io::Error::other)??;
        Ok(Self {
            pid: Pid::from_raw(pid.cast_signed()),
            ours,
            ended,
        })
    }

    /// The process id.
    pub(super) fn id(&self) -> u32 {
        self.pid.as_raw().cast_unsigned()
    }

    /// Whether the process has ended.
    pub(super) fn has_ended(&self) -> bool {
        !*self.ours.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the process has ended with exit code 0.
    pub(super) fn succeeded(&self) -> bool {
        self.ended.borrow().is_some_and(|status| status.success())
    }

    /// Sends `signal` unless the process has ended.
    pub(super) fn signal(&self, signal: Signal) {
        let ours = self.ours.lock().unwrap_or_else(PoisonError::into_inner);
        if *ours {
            let _ = kill(self.pid, signal);
        }
    }

    /// Waits until the process has ended, or `limit` is over; says whether it has.
    pub(super) async fn wait(&mut self, limit: Duration) -> bool {
        let _ = timeout(limit, self.ended.wait_for(Option::is_some)).await;
        self.ended.borrow().is_some()
    }

    /// Sends each signal in turn until the process has ended.
    pub(super) async fn stop(&mut self, steps: &[(Signal, Duration)]) {
        for &(signal, limit) in steps {
            self.signal(signal);
            if self.wait(limit).await {
                return;
            }
        }
    }

    /// As [`Self::stop`] with one signal and then SIGKILL, for destructors.
    pub(super) fn stop_blocking(&self, signal: Signal, limit: Duration) {
        for (signal, limit) in [(signal, limit), (Signal::SIGKILL, Duration::from_secs(2))] {
            self.signal(signal);
            let until = Instant::now() + limit;
            while !self.has_ended() && Instant::now() < until {
                thread::sleep(Duration::from_millis(5));
            }
        }
    }
}

/// Waits for the end without reaping, so that the pid stays ours until we say it is not.
fn reap(mut child: Child, ours: &Mutex<bool>) -> io::Result<ExitStatus> {
    let pid = Pid::from_raw(child.id().cast_signed());
    let peek = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
    while waitid(Id::Pid(pid), peek) == Err(Errno::EINTR) {}
    let mut ours = ours.lock().unwrap_or_else(PoisonError::into_inner);
    *ours = false;
    child.wait()
}
