//! The client over real sockets on this computer: what a server sees, and what it can do to us.

use std::io::Write;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request as Asked, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use kanbao_publisher::{
    Accept, Answer, Client, Fetched, Politeness, PublisherError, Request, USER_AGENT, Validators,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use url::Url;

/// Impatient, so that the tests are not long.
fn quick() -> Politeness {
    Politeness {
        connect_timeout: Duration::from_secs(5),
        idle_timeout: Duration::from_millis(300),
        first_retry: Duration::from_millis(5),
        ..Politeness::default()
    }
}

fn client() -> Client {
    Client::builder().politeness(quick()).build().unwrap()
}

async fn serve(router: Router) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = address(listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn address(addr: SocketAddr) -> Url {
    Url::parse(&format!("http://{addr}/")).unwrap()
}

fn ask(site: &Url, path: &str) -> Request {
    Request::new(site.join(path).unwrap(), Accept::Document)
}

fn fresh(answer: Result<Answer, PublisherError>) -> Fetched {
    match answer.unwrap() {
        Answer::Fresh(fetched) => fetched,
        Answer::NotModified => panic!("not modified"),
    }
}

/// A server that says exactly these bytes to each connection, by its number, and hangs up. Nobody asks it for
/// anything but "/robots.txt" and one more path.
struct Raw {
    url: Url,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Raw {
    async fn serve(says: impl Fn(usize) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = address(listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let head = read_head(&mut stream).await;
                let answer = if head.starts_with("GET /robots.txt ") {
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
                } else {
                    let number = {
                        let mut log = log.lock().unwrap();
                        log.push(head);
                        log.len() - 1
                    };
                    says(number)
                };
                // The client may have hung up already, which is what some tests are about.
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read @ 1..) => head.extend_from_slice(&buffer[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

#[tokio::test]
async fn the_server_sees_who_asks_and_for_what() {
    let seen: Arc<Mutex<Vec<(String, HeaderMap)>>> = Arc::default();
    let router = Router::new()
        .fallback(|State(seen): State<Arc<Mutex<Vec<_>>>>, asked: Asked| async move {
            seen.lock().unwrap().push((asked.uri().to_string(), asked.headers().clone()));
            if asked.uri().path() == "/robots.txt" { StatusCode::NOT_FOUND } else { StatusCode::OK }
        })
        .with_state(Arc::clone(&seen));
    let site = serve(router).await;
    let client = client();
    fresh(client.get(&ask(&site, "/html/node_1.htm?a=1#b")).await);
    fresh(client.get(&Request::new(site.join("/01.pdf").unwrap(), Accept::Pdf)).await);
    let seen = seen.lock().unwrap();
    let paths: Vec<_> = seen.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["/robots.txt", "/html/node_1.htm?a=1", "/01.pdf"]);
    for (path, headers) in &*seen {
        assert_eq!(headers[header::USER_AGENT], USER_AGENT, "{path}");
        assert!(
            headers.contains_key(header::ACCEPT) && headers.contains_key(header::ACCEPT_LANGUAGE),
            "{path}"
        );
        assert!(!headers.contains_key(header::REFERER) && !headers.contains_key(header::COOKIE), "{path}");
    }
    assert!(seen[1].1[header::ACCEPT_ENCODING].to_str().unwrap().contains("gzip"));
    assert_eq!(seen[2].1[header::ACCEPT_ENCODING], "identity");
    assert!(USER_AGENT.starts_with("Kanbao/"));
}

#[tokio::test]
async fn redirects_loops_and_robots_over_http() {
    let router = Router::new()
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /closed/" }))
        .route("/", get(|| async { Redirect::permanent("/html/2026-11/24/node_1.htm") }))
        .route("/html/2026-11/24/node_1.htm", get(|| async { "the front page" }))
        .route("/round", get(|| async { Redirect::temporary("/and/round") }))
        .route("/and/round", get(|| async { Redirect::to("/round") }))
        .route("/sneaky", get(|| async { Redirect::to("/closed/x") }))
        .route("/closed/x", get(|| async { "not for programs" }));
    let site = serve(router).await;
    let client = client();
    let front = fresh(client.get(&ask(&site, "/")).await);
    assert_eq!(
        (front.url.path(), front.body.as_slice()),
        ("/html/2026-11/24/node_1.htm", &b"the front page"[..])
    );
    assert!(matches!(client.get(&ask(&site, "/round")).await, Err(PublisherError::TooManyRedirects { .. })));
    for path in ["/closed/x", "/sneaky"] {
        assert!(
            matches!(client.get(&ask(&site, path)).await, Err(PublisherError::RefusedByRobots { .. })),
            "{path}"
        );
    }
}

#[tokio::test]
async fn failures_and_then_success() {
    let asked = Arc::new(AtomicUsize::new(0));
    let router = Router::new()
        .route(
            "/page",
            get(|State(asked): State<Arc<AtomicUsize>>| async move {
                match asked.fetch_add(1, Ordering::SeqCst) {
                    0 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                    1 => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response(),
                    2 => StatusCode::BAD_GATEWAY.into_response(),
                    _ => "at last".into_response(),
                }
            }),
        )
        .with_state(Arc::clone(&asked));
    let site = serve(router).await;
    let client = client();
    let begin = Instant::now();
    assert_eq!(fresh(client.get(&ask(&site, "/page")).await).body, b"at last");
    assert!(begin.elapsed() >= Duration::from_secs(1), "Retry-After was not obeyed");
    assert_eq!((asked.load(Ordering::SeqCst), client.requests()), (4, 5));
}

#[tokio::test]
async fn conditional_requests() {
    async fn page(headers: HeaderMap) -> Response {
        let asked = |name| headers.get(name).map(|value| value.as_bytes().to_vec());
        // An entity tag with the bytes of 版 in GBK, as one server or another sends.
        let tag = b"\"\xB0\xE6-1\"";
        if asked(header::IF_NONE_MATCH).as_deref() == Some(tag)
            && asked(header::IF_MODIFIED_SINCE).as_deref() == Some(b"yesterday, about noon")
        {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let tag = header::HeaderValue::from_bytes(tag).unwrap();
        let date = header::HeaderValue::from_static("yesterday, about noon");
        ([(header::ETAG, tag), (header::LAST_MODIFIED, date)], "a page").into_response()
    }
    let site = serve(Router::new().route("/page", get(page))).await;
    let client = client();
    let mut request = ask(&site, "/page");
    request.validators = fresh(client.get(&request).await).validators;
    assert_eq!(client.get(&request).await, Ok(Answer::NotModified));
    request.validators = Validators { etag: Some("\"other\"".to_owned()), last_modified: None };
    assert_eq!(fresh(client.get(&request).await).body, b"a page");
}

#[tokio::test]
async fn a_body_cut_short_is_asked_again() {
    let site = Raw::serve(|number| match number {
        0 => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly half of".to_vec(),
        1 => b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!".to_vec(),
        2 => b"nonsense\r\n\r\n".to_vec(),
        _ => b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole".to_vec(),
    })
    .await;
    assert_eq!(fresh(client().get(&ask(&site.url, "/page")).await).body, b"whole");
    let requests = site.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests[0].contains("gzip") && !requests[1].contains("gzip"), "no packing the second time");
}

#[tokio::test]
async fn a_body_always_cut_short_is_an_error() {
    let site = Raw::serve(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly half of".to_vec()).await;
    let error = client().get(&ask(&site.url, "/page")).await.unwrap_err();
    assert!(matches!(error, PublisherError::Broken { .. }) && error.is_temporary(), "{error}");
    assert_eq!(site.requests().len(), 4);
}

#[tokio::test]
async fn untidy_heads_are_read() {
    let site = Raw::serve(|_| {
        b"HTTP/1.1 200 OK\r\nServer : old\r\nno colon here\r\nETag: \"\xD6\xD0\"\r\nContent-Length: 4\r\n\r\npage".to_vec()
    })
    .await;
    let fetched = fresh(client().get(&ask(&site.url, "/page")).await);
    assert_eq!(fetched.body, b"page");
    assert_eq!(fetched.validators.etag.as_deref(), Some("\"\u{D6}\u{D0}\""));
}

#[tokio::test]
async fn too_large_whatever_is_announced() {
    let bomb = {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..64 {
            packer.write_all(&vec![0; 1024 * 1024]).unwrap();
        }
        packer.finish().unwrap()
    };
    assert!(bomb.len() < 100_000);
    let endless = || Body::from_stream(futures_of_zeros());
    let router = Router::new()
        .route("/announced", get(|| async { vec![0; 200_000] }))
        .route("/unannounced", get(move || async move { endless() }))
        .route("/bomb", get(move || async move { ([(header::CONTENT_ENCODING, "gzip")], bomb) }));
    let site = serve(router).await;
    let client = client();
    for path in ["/announced", "/unannounced", "/bomb"] {
        let mut request = ask(&site, path);
        request.most_bytes = 100_000;
        let before = client.requests();
        let error = client.get(&request).await.unwrap_err();
        assert!(matches!(error, PublisherError::TooLarge { limit: 100_000, .. }), "{path}: {error}");
        assert!(client.requests() - before <= 2, "{path}: it is not asked again");
    }

    let mut lies = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".to_vec();
    lies.extend(vec![b'x'; 200_000]);
    let lying = Raw::serve(move |_| lies.clone()).await;
    let mut request = ask(&lying.url, "/");
    request.most_bytes = 100_000;
    assert_eq!(
        fresh(client.get(&request).await).body,
        b"xxxxx",
        "what comes after the announced end is not read"
    );
}

/// A body without end or announced length.
fn futures_of_zeros() -> impl futures::Stream<Item = Result<Vec<u8>, std::convert::Infallible>> {
    futures::stream::repeat_with(|| Ok(vec![0; 1_000]))
}

#[tokio::test]
async fn slow_servers_are_not_waited_for_forever() {
    let stalls = || async {
        let first = futures::stream::iter([Ok::<_, std::convert::Infallible>("a beginning")]);
        Body::from_stream(futures::StreamExt::chain(first, futures::stream::pending()))
    };
    let trickles = || async {
        Body::from_stream(futures::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Some((Ok::<_, std::convert::Infallible>("x"), ()))
        }))
    };
    let never = || async {
        tokio::time::sleep(Duration::from_mins(1)).await;
        "too late"
    };
    let router = Router::new()
        .route("/stalls", get(stalls))
        .route("/trickles", get(trickles))
        .route("/never", get(never));
    let site = serve(router).await;
    let politeness = Politeness {
        connect_timeout: Duration::from_millis(200),
        idle_timeout: Duration::from_millis(200),
        total_timeout: Duration::from_millis(800),
        attempts: 2,
        ..quick()
    };
    let client = Client::builder().politeness(politeness).build().unwrap();
    for (path, why) in
        [("/stalls", "nothing came"), ("/trickles", "not all there"), ("/never", "nothing came")]
    {
        let begin = Instant::now();
        let error = client.get(&ask(&site, path)).await.unwrap_err();
        assert!(
            matches!(error, PublisherError::TimedOut { .. }) && error.to_string().contains(why),
            "{path}: {error}"
        );
        assert!(error.is_temporary() && !error.is_offline());
        assert!(begin.elapsed() < Duration::from_secs(10), "{path}");
    }
    assert_eq!(client.requests(), 7, "each was asked twice, and robots.txt once");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_than_the_limit_are_asked_at_once() {
    #[derive(Default)]
    struct Count {
        now: AtomicUsize,
        most: AtomicUsize,
    }
    async fn page(State(count): State<Arc<Count>>) -> &'static str {
        let now = count.now.fetch_add(1, Ordering::SeqCst) + 1;
        count.most.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(30)).await;
        count.now.fetch_sub(1, Ordering::SeqCst);
        "a page"
    }
    for at_once in [1, 2, 4] {
        let count = Arc::new(Count::default());
        let site = serve(Router::new().fallback(page).with_state(Arc::clone(&count))).await;
        let client = Client::builder().politeness(Politeness { at_once, ..quick() }).build().unwrap();
        let visits: JoinSet<_> = (0..16)
            .map(|number| {
                let (client, request) = (client.clone(), ask(&site, &format!("/{number}")));
                async move { client.get(&request).await.is_ok() }
            })
            .collect();
        assert!(visits.join_all().await.into_iter().all(|done| done));
        assert_eq!(count.most.load(Ordering::SeqCst), at_once);
    }
}

#[tokio::test]
async fn a_request_that_is_dropped_leaves_its_place() {
    let slow = || async {
        tokio::time::sleep(Duration::from_mins(1)).await;
        "too late"
    };
    let site =
        serve(Router::new().route("/slow", get(slow)).route("/page", get(|| async { "a page" }))).await;
    let patient = Politeness { at_once: 1, idle_timeout: Duration::from_mins(1), ..quick() };
    let client = Client::builder().politeness(patient).build().unwrap();
    let slow = ask(&site, "/slow");
    assert!(tokio::time::timeout(Duration::from_millis(300), client.get(&slow)).await.is_err());
    let page = ask(&site, "/page");
    assert!(tokio::time::timeout(Duration::from_secs(5), client.get(&page)).await.is_ok());
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused_once() {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("untrusted/certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("untrusted/key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // It fails: that is the test.
            let _ = acceptor.accept(stream).await;
        }
    });
    let client = client();
    let error = client.get(&ask(&url, "/")).await.unwrap_err();
    assert!(matches!(error, PublisherError::Insecure { .. }), "{error}");
    assert!(!error.is_temporary() && !error.is_offline());
    assert_eq!(client.requests(), 1);
}

#[tokio::test]
async fn https_where_only_http_is_spoken() {
    let mut url = serve(Router::new()).await;
    url.set_scheme("https").unwrap();
    let client = client();
    let error = client.get(&ask(&url, "/")).await.unwrap_err();
    assert!(matches!(error, PublisherError::Insecure { .. }), "{error}");
    assert_eq!(client.requests(), 1);
}

#[tokio::test]
async fn nobody_there_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = address(listener.local_addr().unwrap());
    drop(listener);
    let client = client();
    let error = client.get(&ask(&url, "/")).await.unwrap_err();
    assert!(matches!(error, PublisherError::Unreachable { .. }), "{error}");
    assert!(error.is_offline() && error.is_temporary() && error.to_string().contains("127.0.0.1"), "{error}");
    assert_eq!(client.requests(), 4);
}

/// A proxy is set by the environment of a process, so this test runs another one in one: the program that is
/// running.
#[tokio::test]
async fn the_systems_proxy_is_for_the_internet_only() {
    const SITE: &str = "KANBAO_TEST_SITE";
    if let Ok(site) = std::env::var(SITE) {
        return ask_beside_a_proxy(&Url::parse(&site).unwrap()).await;
    }
    let here = serve(Router::new().route("/page", get(|| async { "from this computer" }))).await;
    let starts: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let proxy = Router::new()
        .fallback(|State(starts): State<Arc<Mutex<Vec<Instant>>>>, asked: Asked| async move {
            starts.lock().unwrap().push(Instant::now());
            // Inwards, which a site on the internet may not lead.
            if asked.uri().path() == "/inwards" {
                Redirect::to("http://127.0.0.1:9/").into_response()
            } else {
                format!("through the proxy: {}", asked.uri()).into_response()
            }
        })
        .with_state(Arc::clone(&starts));
    let proxy = serve(proxy).await;
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["the_systems_proxy_is_for_the_internet_only", "--exact"])
        .env(SITE, here.as_str())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .env_remove("REQUEST_METHOD");
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(name, proxy.as_str());
    }
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));

    let starts = starts.lock().unwrap();
    assert_eq!(starts.len(), 3, "robots.txt and two pages");
    // Both are measured at the server, where a start may be seen a little late.
    assert!(
        starts.windows(2).all(|pair| pair[1] - pair[0] > Duration::from_millis(150)),
        "the pause is kept"
    );
}

async fn ask_beside_a_proxy(here: &Url) {
    let client = Client::builder()
        .politeness(Politeness { pause: Duration::from_millis(200), ..quick() })
        .build()
        .unwrap();
    assert_eq!(fresh(client.get(&ask(here, "/page")).await).body, b"from this computer");
    let there = Url::parse("http://paper.example.cn/").unwrap();
    let body = fresh(client.get(&ask(&there, "/page")).await).text().text;
    assert_eq!(body, "through the proxy: http://paper.example.cn/page");
    let error = client.get(&ask(&there, "/inwards")).await.unwrap_err();
    assert!(matches!(error, PublisherError::BadRedirect { .. }), "{error}");
}
