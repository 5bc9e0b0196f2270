//! `yiwang`: the one executable, in all its shapes (see `yiwang --help`).

mod bench;
mod check_config;
mod demo;
mod migrate;
mod ops;
mod rest;
mod run_sandbox;
mod sandbox;
mod serve;
mod services;
mod settings;
mod up;
mod with_servers;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use yiwang_chassis::config;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 一网民政: marriage, burial, assistance, rescue and child welfare in one product.
#[derive(Parser)]
#[command(name = "yiwang", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Up(up::Args),
    Serve(serve::Args),
    Migrate(migrate::Args),
    #[command(subcommand)]
    Ops(ops::Command),
    #[command(subcommand)]
    Demo(demo::Command),
    Sandbox(run_sandbox::Args),
    #[command(subcommand)]
    Bench(bench::Command),
    #[command(subcommand)]
    Config(check_config::Command),
    WithServers(with_servers::Args),
    #[command(hide = true)]
    UpChild(up::child::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    yiwang_chassis::install_tls_provider();
    let result = match Cli::parse().command {
        Command::Up(args) => up::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Ops(command) => ops::run(command).await,
        Command::Demo(command) => demo::run(command).await,
        Command::Sandbox(args) => run_sandbox::run(args).await,
        Command::Bench(command) => bench::run(command).await,
        Command::Config(command) => check_config::run(command),
        Command::WithServers(args) => return with_servers::run(args).await,
        Command::UpChild(args) => up::child::run(args).await,
    };
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    eprintln!("yiwang: {error:#}");
    match error.downcast_ref::<config::ConfigError>() {
        Some(_) => ExitCode::from(config::EXIT_CODE),
        None => ExitCode::FAILURE,
    }
}
