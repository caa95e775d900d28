//! Work that may take longer than a request: it goes on when nobody waits for it, and says later why it failed.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::AppError;
use tokio::sync::oneshot;

/// So long a browser waits before it is shown the progress.
const PATIENCE: Duration = Duration::from_millis(900);

/// What is under way in this process, by a name that tells what it is.
#[derive(Clone, Debug, Default)]
pub struct Work(Arc<Mutex<BTreeMap<String, State>>>);

/// What is to be done.
pub type Task<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

#[derive(Debug)]
enum State {
    Running,
    Failed(Arc<AppError>),
}

/// How it stands when the one who began it has waited long enough.
#[derive(Debug)]
pub enum Begun {
    /// It is done.
    Done,
    /// It goes on.
    GoesOn,
    /// It failed.
    Failed(Arc<AppError>),
}

impl Work {
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is it under way?
    pub fn is_running(&self, name: &str) -> bool {
        matches!(self.all().get(name), Some(State::Running))
    }

    /// Why it failed after nobody waited for it any more; told once.
    pub fn failure(&self, name: &str) -> Option<Arc<AppError>> {
        let mut all = self.all();
        let Some(State::Failed(error)) = all.get(name) else { return None };
        let error = Arc::clone(error);
        all.remove(name);
        Some(error)
    }

    /// Begins work and waits a little for it. Where the same is under way already, that goes on.
    pub async fn begin<T: Send + 'static>(&self, name: String, work: Task<T>) -> Begun {
        self.begin_within(PATIENCE, name, work).await
    }

    async fn begin_within<T: Send + 'static>(
        &self,
        patience: Duration,
        name: String,
        work: Task<T>,
    ) -> Begun {
        {
            let mut all = self.all();
            if matches!(all.get(&name), Some(State::Running)) {
                return Begun::GoesOn;
            }
            all.insert(name.clone(), State::Running);
        }
        let (tell, told) = oneshot::channel();
        let own = self.clone();
        tokio::spawn(async move {
            let work = tokio::spawn(async move { work.await.map(drop) });
            let outcome = match work.await {
                Ok(outcome) => outcome.map_err(Arc::new),
                Err(error) => Err(Arc::new(AppError::failed("doing long work")(error))),
            };
            let unheard = tell.send(outcome);
            match unheard {
                Err(Err(error)) => drop(own.all().insert(name, State::Failed(error))),
                Ok(()) | Err(Ok(())) => drop(own.all().remove(&name)),
            }
        });
        match tokio::time::timeout(patience, told).await {
            Ok(Ok(Ok(()))) => Begun::Done,
            Ok(Ok(Err(error))) => Begun::Failed(error),
            Ok(Err(_)) | Err(_) => Begun::GoesOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::Refusal;

    #[tokio::test]
    async fn what_is_quick_is_done_and_what_is_slow_goes_on_and_tells_later() {
        let work = Work::default();
        assert!(matches!(work.begin("quick".to_owned(), Box::pin(async { Ok(1) })).await, Begun::Done));
        assert!(!work.is_running("quick"));
        let (release, released) = oneshot::channel::<()>();
        let slow = async move {
            drop(released.await);
            Err::<(), AppError>(Refusal::not_found().into())
        };
        let begun = work.begin_within(Duration::ZERO, "slow".to_owned(), Box::pin(slow)).await;
        assert!(matches!(begun, Begun::GoesOn));
        assert!(work.is_running("slow") && work.failure("slow").is_none());
        assert!(matches!(work.begin("slow".to_owned(), Box::pin(async { Ok(()) })).await, Begun::GoesOn));
        release.send(()).unwrap();
        while work.is_running("slow") {
            tokio::task::yield_now().await;
        }
        assert_eq!(work.failure("slow").unwrap().refusal().unwrap().code, "not-found");
        assert!(work.failure("slow").is_none());
    }
}
