//! `kontor demo`: a working Kontor with a simulator as Amazon and months of history, until it is stopped.

mod batches;
mod folder;
mod play;
mod told;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use app::Language;
use clap::Args;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use web::server::{Site, WebState};

use self::folder::Folder;
use self::play::{Play, play};
use self::told::Told;
use super::{Edge, Ending, verify};
use crate::edge::runtime;
use crate::serving;

/// Opens a working Kontor to look around in: a simulated Amazon Pay, a client with months of history, pages
#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// The data folder, which must be new or empty [default: a temporary one, which goes away at the end]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080, or a free port where that is taken]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// The same seed gives the same merchants
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Says in one line of JSON where everything is, as soon as the pages answer
    #[arg(long)]
    json: bool,
    /// Plays the way from the client to the checked batches without pages, says where they lie, and ends
    #[arg(long, conflicts_with_all = ["json", "listen"])]
    no_pages: bool,
}

/// Where the pages of the first demo on a machine are.
const USUAL_PORT: u16 = 8080;
/// Jobs at once.
const HANDS: serving::Hands = serving::Hands { at_once: 4, lease: app::jobs::LEASE };
/// The page that is asked for before anybody is told of it.
const FIRST_REQUEST: &[u8] = b"GET /login HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
const FIRST_ANSWER: &[u8] = b"HTTP/1.1 200 ";

/// Runs the command.
pub(super) fn run(arguments: &DemoArguments, edge: Edge) -> anyhow::Result<Ending> {
    serving::log(serving::LogFormat::Text, "warn");
    let folder = Folder::prepare(arguments.data.as_deref(), arguments.no_pages, edge.language)?;
    let runtime = runtime()?;
    let ending = runtime.block_on(open(arguments, &folder, edge))?;
    runtime.shutdown_timeout(serving::GRACE);
    Ok(ending)
}

async fn open(arguments: &DemoArguments, folder: &Folder, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    let stopped = serving::told_to_stop()?;
    let mut ending = stopped.clone();
    let listener = if arguments.no_pages { None } else { Some(listen(arguments.listen, language).await?) };
    let playing = tokio::select! {
        playing = play(folder.path(), arguments.seed, language) => playing?,
        _ = ending.wait_for(|stop| *stop) => return Ok(Ending::Done),
    };
    let ending = match listener {
        Some(listener) => {
            serve(listener, &playing, arguments, folder, stopped, language).await?;
            Ending::Done
        }
        None => hand_over(&playing, folder, language).await?,
    };
    playing.app.database.close().await;
    playing.simulator.stop().await;
    Ok(ending)
}

async fn listen(wanted: Option<SocketAddr>, language: Language) -> anyhow::Result<TcpListener> {
    if let Some(place) = wanted {
        return serving::listen(place, language).await;
    }
    match TcpListener::bind((Ipv4Addr::LOCALHOST, USUAL_PORT)).await {
        Ok(listener) => Ok(listener),
        Err(_taken) => serving::listen((Ipv4Addr::LOCALHOST, 0).into(), language).await,
    }
}

async fn serve(
    listener: TcpListener,
    playing: &Play,
    arguments: &DemoArguments,
    folder: &Folder,
    stopped: watch::Receiver<bool>,
    language: Language,
) -> anyhow::Result<()> {
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let site = Site::new(&format!("http://{address}"), false)?;
    let told = Told::of(playing, &site, folder)?;
    let state = WebState::new(playing.app.clone(), site).with_provider_endpoint(playing.simulator.endpoint());
    let telling = async {
        answers(address).await.context("the first page")?;
        if arguments.json { told.show_json() } else { told.show(language) }
    };
    tokio::try_join!(serving::pages(listener, &state, Some(HANDS), stopped), telling)?;
    Ok(())
}

/// Asks for a page as a browser would, and waits for its answer.
async fn answers(address: SocketAddr) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(FIRST_REQUEST).await?;
    let mut answer = [0; FIRST_ANSWER.len()];
    stream.read_exact(&mut answer).await?;
    ensure!(answer == *FIRST_ANSWER, "it answers {:?}", String::from_utf8_lossy(&answer));
    Ok(())
}

/// Exports the month that is open, checks every file that has left, and recomputes all that is kept.
async fn hand_over(playing: &Play, folder: &Folder, language: Language) -> anyhow::Result<Ending> {
    if let Some(month) = playing.to_export {
        playing.export(month, language).await?;
    }
    let written = batches::write(playing, &folder.path().join("batches"), language).await?;
    told::show_batches(playing, &written, language)?;
    let verified = verify::look(&playing.app.database, language).await?;
    let ending = verify::tell(&verified, language)?;
    told::show_further(folder, &written, language)?;
    Ok(ending)
}
