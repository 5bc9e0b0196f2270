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

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};
    use yiwang_child::demo as child;
    use yiwang_gateway::demo as gateway;
    use yiwang_rescue::demo as rescue;

    #[test]
    fn the_past_of_the_services_names_accounts_and_pictures_of_the_gateway() {
        for (login, id) in rescue::ACCOUNTS.into_iter().chain(child::ACCOUNTS) {
            assert_eq!(gateway::account_id(login).as_u128(), id, "{login}");
        }
        let faces = rescue::pictures::PICTURES.map(|it| (it.id, it.size, it.sha256));
        let named: Vec<_> = faces.into_iter().chain([child::pictures::LETTER]).collect();
        assert_eq!(named.len(), gateway::pictures::PICTURES.len());
        for (picture, (id, png)) in named.into_iter().zip(gateway::pictures::PICTURES) {
            let hex: String = Sha256::digest(png)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let kept = (id, i64::try_from(png.len()).unwrap(), hex.as_str());
            assert_eq!(picture, kept);
        }
    }
}
