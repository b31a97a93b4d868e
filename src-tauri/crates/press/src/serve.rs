//! A site on a socket: the same answers, and the faults that only a connection can have.

use crate::fault::Delivery;
use crate::log::Log;
use crate::site::Site;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use futures::{StreamExt, stream};
use kanbao_publisher::OriginRequest;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Pieces of a slow body.
const PIECES: usize = 16;
const MOST_POSTED: usize = 64 * 1024;
const BEFORE_CLOSING: Duration = Duration::from_millis(50);

/// A site being served; it goes down when this is dropped.
#[derive(Debug)]
pub struct Served {
    pub addr: SocketAddr,
    pub log: Arc<Log>,
    shutdown: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Served {
    /// `http://127.0.0.1:40000`, without a slash.
    pub fn origin(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Goes down, and returns when no one listens any more.
    pub async fn stop(mut self) {
        self.shutdown.take();
        // Connections that a reader keeps open do not hold it up; the listener is gone by then.
        let _ = tokio::time::timeout(Duration::from_secs(1), &mut self.task).await;
        self.task.abort();
    }

    /// Serves until the program is ended from outside.
    pub async fn forever(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.shutdown.take();
        self.task.abort();
    }
}

/// Serves the site at `addr`; port 0 takes a free one.
pub async fn serve(site: Arc<Site>, addr: SocketAddr) -> io::Result<Served> {
    let listener = TcpListener::bind(addr).await?;
    let addr = listener.local_addr()?;
    let log = Arc::clone(site.log());
    let router = Router::new().fallback(answer).with_state(site);
    let (shutdown, told) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let told = async {
            // Sent or dropped: either way it is time to go.
            let _ = told.await;
        };
        // Serving a bound listener ends only when told to.
        let _ = axum::serve(listener, router).with_graceful_shutdown(told).await;
    });
    Ok(Served { addr, log, shutdown: Some(shutdown), task })
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    let is_posted = request.method() == Method::POST;
    if !is_posted && request.method() != Method::GET && request.method() != Method::HEAD {
        let mut refused = Response::new(Body::empty());
        *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return refused;
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let posted = if is_posted {
        // Whoever posts more than any question is cut off.
        Some(axum::body::to_bytes(request.into_body(), MOST_POSTED).await.unwrap_or_default())
    } else {
        None
    };
    let asked = OriginRequest { path: &path, headers: &headers, posted: posted.as_deref() };
    let (answered, delivery) = site.answer(&asked);
    let mut response = Response::builder().status(answered.status).header(header::SERVER, "Apache/2.2.15");
    for (name, value) in &answered.headers {
        response = response.header(name, value);
    }
    if delivery != Delivery::Whole {
        response = response.header(header::CONTENT_LENGTH, answered.body.len());
    }
    let body = travelling(answered.body, delivery);
    response.body(body).unwrap_or_else(|_| {
        let mut broken = Response::new(Body::empty());
        *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}

fn travelling(mut body: Vec<u8>, delivery: Delivery) -> Body {
    let half = |body: &mut Vec<u8>| body.truncate(body.len() / 2);
    match delivery {
        Delivery::Whole => Body::from(body),
        Delivery::Slow(time) => {
            let size = body.len().div_ceil(PIECES).max(1);
            let pieces: Vec<Vec<u8>> = body.chunks(size).map(<[u8]>::to_vec).collect();
            let pause = time / u32::try_from(pieces.len().max(1)).unwrap_or(1);
            let pieces = stream::unfold(pieces.into_iter(), move |mut pieces| async move {
                let piece = pieces.next()?;
                tokio::time::sleep(pause).await;
                Some((io::Result::Ok(piece), pieces))
            });
            Body::from_stream(pieces)
        }
        Delivery::Stalled => {
            half(&mut body);
            Body::from_stream(first(body).chain(stream::pending()))
        }
        Delivery::Truncated => {
            half(&mut body);
            // The first half must have left before the connection closes on what is still to be sent.
            let close = stream::once(async {
                tokio::time::sleep(BEFORE_CLOSING).await;
                broken_off()
            });
            Body::from_stream(first(body).chain(close))
        }
        Delivery::Dropped => Body::from_stream(stream::once(async { broken_off() })),
    }
}

fn first(body: Vec<u8>) -> impl stream::Stream<Item = io::Result<Vec<u8>>> {
    stream::once(async { Ok(body) })
}

fn broken_off() -> io::Result<Vec<u8>> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Fault, Place};
    use crate::fixture;
    use crate::log::Class;
    use crate::quirks::{Quirks, Skin};
    use std::time::Instant;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    async fn up() -> (Arc<Site>, Served, String) {
        let site = Site::new(fixture::paper(&["slrb/2026-11-23"]), Skin::Div, Quirks::usual(Skin::Div));
        let site = Arc::new(site);
        let path = site.published()[0].pages[0].path.clone();
        let served = serve(Arc::clone(&site), "127.0.0.1:0".parse().unwrap()).await.unwrap();
        (site, served, path)
    }

    /// What comes back over a connection that is read until it closes, and whether it closed in order.
    async fn get(addr: SocketAddr, method: &str, path: &str) -> (String, usize) {
        let mut socket = TcpStream::connect(addr).await.unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: press.test\r\nConnection: close\r\nUser-Agent: test\r\n\r\n"
        );
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A connection that breaks off has still sent what it has sent.
        let _ = socket.read_to_end(&mut answer).await;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        (String::from_utf8_lossy(&answer[..end]).into_owned(), answer.len() - end)
    }

    fn length(head: &str) -> usize {
        let line = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
        line.map_or(0, |length| length.parse().unwrap())
    }

    #[tokio::test]
    async fn a_socket_answers_as_the_site_does() {
        let (site, served, path) = up().await;
        let (head, bytes) = get(served.addr, "GET", &path).await;
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("etag: "), "{head}");
        assert_eq!(bytes, length(&head));
        assert!(get(served.addr, "GET", "/absent").await.0.starts_with("HTTP/1.1 404"));
        assert!(get(served.addr, "POST", &path).await.0.starts_with("HTTP/1.1 405"));
        assert_eq!(get(served.addr, "HEAD", &path).await.1, 0);
        assert_eq!(site.log().count(Class::Page).requests, 2);
        assert_eq!(served.log.entries()[0].user_agent.as_deref(), Some("test"));
    }

    #[tokio::test]
    async fn bodies_can_be_cut_short_and_slowed() {
        let (site, served, path) = up().await;
        let at = || Place::Path(path.clone());
        site.set_fault(at(), Fault::Truncated { times: Some(1) });
        let (head, bytes) = get(served.addr, "GET", &path).await;
        assert!(bytes < length(&head), "{bytes} of {head}");
        site.set_fault(at(), Fault::Dropped { times: Some(1) });
        assert_eq!(get(served.addr, "GET", &path).await.1, 0);
        let (head, bytes) = get(served.addr, "GET", &path).await;
        assert_eq!(bytes, length(&head));
        site.set_fault(at(), Fault::Slow(Duration::from_millis(320)));
        let start = Instant::now();
        let (head, bytes) = get(served.addr, "GET", &path).await;
        assert!(start.elapsed() >= Duration::from_millis(300));
        assert_eq!(bytes, length(&head));
        site.clear_faults();
        site.set_fault(at(), Fault::Stalled);
        let stalled = tokio::time::timeout(Duration::from_millis(200), get(served.addr, "GET", &path)).await;
        assert!(stalled.is_err());
    }

    #[tokio::test]
    async fn what_is_stopped_no_longer_listens() {
        let (_, served, _) = up().await;
        let addr = served.addr;
        served.stop().await;
        assert!(TcpStream::connect(addr).await.is_err());
    }
}
