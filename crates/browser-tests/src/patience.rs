//! Waiting for what is to come, and saying what did not.

use std::time::Duration;

use anyhow::{Result, anyhow};

/// How long something may take before it counts as missing; far more than it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until something is there. Errors meanwhile are what a page in motion makes; the last one is told.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let mut last = None;
    let looking = async {
        loop {
            match look().await {
                Ok(Some(found)) => return found,
                Ok(None) => last = None,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.map_err(|_elapsed| {
        let error = anyhow!("{what}: it did not come within {PATIENCE:?}");
        match last {
            Some(last) => error.context(format!("{last:#}")),
            None => error,
        }
    })
}
