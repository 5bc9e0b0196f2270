//! Demo stories, told through the product's own REST interface: what they show
//! is what anybody could have done by hand.

pub(crate) mod families;
mod stories;

use std::path::Path;

use crate::{rest::Rest, up::banner::say};

#[derive(clap::Subcommand)]
#[command(about = "Demo stories")]
pub(crate) enum Command {
    /// Tell the stories that are not there yet, on a running demonstration
    Load {
        /// Where it runs
        #[arg(long, default_value = "http://127.0.0.1:8080")]
        url: String,
    },
}

/// Runs a demo command.
pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Load { url } => tell(&Rest::new(&url)?).await,
    }
}

async fn tell(rest: &Rest) -> anyhow::Result<()> {
    stories::tell(rest).await
}

/// Tells the stories unless `marker` says that they were told. A demonstration
/// without stories is better than none: a failure is only reported.
pub(crate) async fn load_once(url: &str, marker: &Path) {
    if marker.exists() {
        return;
    }
    let told = async {
        tell(&Rest::new(url)?).await?;
        std::fs::write(marker, "")?;
        anyhow::Ok(())
    };
    if let Err(error) = told.await {
        tracing::error!(
            error = format!("{error:#}"),
            "the demo stories cannot be loaded"
        );
        say(&format!(
            "  The demo stories could not be loaded: {error:#}\n\n"
        ));
    }
}
