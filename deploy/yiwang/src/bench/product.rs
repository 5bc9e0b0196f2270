//! A whole installation as a child process, seen from outside.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, ensure};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    task::JoinSet,
};

/// `yiwang up` in a directory of its own.
pub(super) struct Product {
    child: Child,
    _output: JoinSet<()>,
    dir: PathBuf,
    url: String,
    ready_after: f64,
}

impl Product {
    /// Starts it and waits until it is ready.
    pub(super) async fn start(dir: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(dir)?;
        let log = fs::File::create(dir.join("bench.log"))?;
        let mut child = Command::new(std::env::current_exe()?)
            .args(["up", "--bare", "--port", "0", "--data"])
            .arg(dir)
            // One address and one account hand in everything.
            .env("YIWANG_GATEWAY__LIMITS__PER_ADDRESS", "0")
            .env("YIWANG_GATEWAY__LIMITS__PER_ACCOUNT", "0")
            .env("YIWANG_GATEWAY__LIMITS__SIGN_IN", "0")
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let (mut url, mut ready_after) = (None, None);
        while let Some(line) = lines.next_line().await? {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["portal", address] => url = Some((*address).to_owned()),
                [.., "ready", "after", seconds, "s"] => ready_after = Some(seconds.parse()?),
                [.., "Ctrl-C"] => break,
                _ => {}
            }
        }
        // What it says later must not block it.
        let mut output = JoinSet::new();
        output.spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let url = url.with_context(|| format!("it did not start; see {}", dir.display()))?;
        let ready_after = ready_after.context("no start time")?;
        let product = Self {
            child,
            _output: output,
            dir: dir.to_owned(),
            url,
            ready_after,
        };
        product.until_loaded().await?;
        Ok(product)
    }

    /// Where the portal is.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Seconds from the first instruction to ready.
    pub(super) fn ready_after(&self) -> f64 {
        self.ready_after
    }

    /// Resident memory of its process, without the servers.
    pub(super) fn resident_mb(&self) -> anyhow::Result<u64> {
        self.memory_mb("VmRSS:")
    }

    /// Forgets what it had so far: the start takes more than what is measured.
    pub(super) fn forget_peak(&self) -> anyhow::Result<()> {
        let pid = self.child.id().context("it has ended")?;
        Ok(fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
    }

    /// The most it had since.
    pub(super) fn peak_mb(&self) -> anyhow::Result<u64> {
        self.memory_mb("VmHWM:")
    }

    fn memory_mb(&self, which: &str) -> anyhow::Result<u64> {
        let pid = self.child.id().context("it has ended")?;
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status
            .lines()
            .find(|line| line.starts_with(which))
            .with_context(|| format!("no {which}"))?;
        let kb: u64 = line
            .split_whitespace()
            .nth(1)
            .context("no number")?
            .parse()?;
        Ok(kb / 1024)
    }

    /// Processor seconds used so far: by its process, and by the servers it started.
    pub(super) fn processor(&self) -> anyhow::Result<(f64, f64)> {
        let own = self.child.id().context("it has ended")?;
        let ticks = nix::unistd::sysconf(nix::unistd::SysconfVar::CLK_TCK)?.unwrap_or(100) as f64;
        let (mut product, mut servers) = (0.0, 0.0);
        for entry in fs::read_dir("/proc")?.flatten() {
            let Ok(text) = fs::read_to_string(entry.path().join("stat")) else {
                continue;
            };
            let Some(stat) = Stat::parse(&text) else {
                continue;
            };
            match stat {
                Stat { pid, .. } if pid == own => product += stat.ticks / ticks,
                Stat { parent, .. } if parent == own || stat.grandparent() == Some(own) => {
                    servers += stat.ticks / ticks;
                }
                _ => {}
            }
        }
        Ok((product, servers))
    }

    /// URL of a service's database.
    pub(super) fn database(&self, service: &str) -> anyhow::Result<String> {
        let file = self.dir.join("config").join(format!("{service}.toml"));
        let config: toml::Table = fs::read_to_string(file)?.parse()?;
        let url = config
            .get("database")
            .and_then(|section| section.get("url")?.as_str());
        Ok(url.context("no database.url")?.to_owned())
    }

    /// Where the departments of the demonstration are.
    pub(super) fn sandbox(&self) -> anyhow::Result<String> {
        let file = self.dir.join("config/burial.toml");
        let config: toml::Table = fs::read_to_string(file)?.parse()?;
        let departments = config.get("departments");
        let feed = departments.and_then(|section| section.get("health")?.as_str());
        let feed = feed.context("no departments.health")?;
        let base = feed.strip_suffix("/health/v1").context("no feed")?;
        Ok(base.to_owned())
    }

    /// Stops it and waits for its end.
    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self.child.id().context("it has ended")?;
        kill(Pid::from_raw(pid.cast_signed()), Signal::SIGTERM)?;
        let status = self.child.wait().await?;
        ensure!(status.success(), "it ended with {status}");
        Ok(())
    }

    async fn until_loaded(&self) -> anyhow::Result<()> {
        for _ in 0..600 {
            if self.dir.join("demo-loaded").exists() {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        anyhow::bail!(
            "the demonstration was not loaded; see {}",
            self.dir.display()
        )
    }
}

/// What /proc/PID/stat says about a process.
struct Stat {
    pid: u32,
    parent: u32,
    ticks: f64,
}

impl Stat {
    fn parse(text: &str) -> Option<Self> {
        let (pid, rest) = text.split_once(" (")?;
        let fields: Vec<&str> = rest.rsplit_once(") ")?.1.split(' ').collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        // User and system time, also of children that were waited for: a
        // backend that has ended counts too.
        let ticks = [11, 12, 13, 14]
            .map(ticks)
            .into_iter()
            .sum::<Option<f64>>()?;
        Some(Self {
            pid: pid.parse().ok()?,
            parent: fields.get(1)?.parse().ok()?,
            ticks,
        })
    }

    fn grandparent(&self) -> Option<u32> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.parent)).ok()?;
        Some(Self::parse(&text)?.parent)
    }
}
