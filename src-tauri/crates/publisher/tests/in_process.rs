//! The client's manners with a site inside the program and a clock that jumps: robots.txt, waits, repeats,
//! validators, redirects and sizes, with no socket.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kanbao_publisher::{
    Accept, Answer, Client, Fetched, Origin, OriginRequest, OriginResponse, Politeness, Post, PublisherError,
    Request, Validators,
};
use tokio::time::Instant;
use url::Url;

const HOST: &str = "paper.example.cn";

type Respond = dyn Fn(&OriginRequest<'_>, usize) -> OriginResponse + Send + Sync;

/// Answers by a closure, which is told how often the path was asked before, and writes down who asked when.
struct Site {
    begin: Instant,
    asked: Mutex<Vec<(String, Duration)>>,
    respond: Box<Respond>,
}

impl Site {
    fn new(
        respond: impl Fn(&OriginRequest<'_>, usize) -> OriginResponse + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { begin: Instant::now(), asked: Mutex::default(), respond: Box::new(respond) })
    }

    fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect()
    }

    /// When this path was asked, in milliseconds.
    fn times(&self, path: &str) -> Vec<u128> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(asked, _)| asked == path).map(|(_, when)| when.as_millis()).collect()
    }

    fn client(self: &Arc<Self>) -> Client {
        self.client_with(Politeness::default())
    }

    fn client_with(self: &Arc<Self>, politeness: Politeness) -> Client {
        Client::builder().politeness(politeness).origin(HOST, Arc::clone(self) as _).build().unwrap()
    }
}

impl Origin for Site {
    fn respond(&self, request: &OriginRequest<'_>) -> OriginResponse {
        let before = {
            let mut asked = self.asked.lock().unwrap();
            let before = asked.iter().filter(|(path, _)| path == request.path).count();
            asked.push((request.path.to_owned(), self.begin.elapsed()));
            before
        };
        (self.respond)(request, before)
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> OriginResponse {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    OriginResponse { status, headers, body: body.into() }
}

fn missing() -> OriginResponse {
    answer(404, &[], "")
}

fn ask(path: &str) -> Request {
    Request::new(Url::parse(&format!("http://{HOST}")).unwrap().join(path).unwrap(), Accept::Document)
}

fn fresh(answer: Result<Answer, PublisherError>) -> Fetched {
    match answer.unwrap() {
        Answer::Fresh(fetched) => fetched,
        Answer::NotModified => panic!("not modified"),
    }
}

#[tokio::test(start_paused = true)]
async fn robots_txt_is_asked_once_and_obeyed() {
    let site = Site::new(|request, _| match request.path {
        "/robots.txt" => {
            answer(200, &[], "User-agent: *\nDisallow: /\nUser-agent: kanbao\nDisallow: /admin/")
        }
        "/moved" => answer(302, &[("location", "/admin/secret")], ""),
        _ => answer(200, &[], "a page"),
    });
    let client = site.client();
    assert_eq!(
        fresh(client.get(&ask("/html/node_1.htm#top")).await).url.as_str(),
        "http://paper.example.cn/html/node_1.htm"
    );
    for path in ["/admin/", "/admin/x?y=1", "/moved"] {
        let error = client.get(&ask(path)).await.unwrap_err();
        assert!(matches!(error, PublisherError::RefusedByRobots { .. }), "{path}: {error}");
        assert!(!error.is_temporary() && !error.is_offline() && !error.is_missing());
    }
    assert_eq!(site.paths(), ["/robots.txt", "/html/node_1.htm", "/moved"]);
    assert_eq!(client.requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn many_at_once_wait_for_one_robots_txt() {
    let site = Site::new(|_, _| answer(200, &[], ""));
    let client = site.client();
    let visits: tokio::task::JoinSet<_> = (0..20)
        .map(|number| {
            let client = client.clone();
            async move { client.get(&ask(&format!("/{number}"))).await.is_ok() }
        })
        .collect();
    assert!(visits.join_all().await.into_iter().all(|done| done));
    assert_eq!(site.times("/robots.txt").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn robots_txt_is_asked_again_after_a_day() {
    let site = Site::new(|_, _| answer(200, &[], ""));
    let client = site.client();
    for hours in [0, 23, 2] {
        tokio::time::sleep(Duration::from_hours(hours)).await;
        fresh(client.get(&ask("/")).await);
    }
    assert_eq!(site.times("/robots.txt").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_a_missing_or_failing_robots_txt_means() {
    for (status, body, allowed) in [
        (404, "", true),
        (410, "", true),
        (403, "", true),
        (401, "", true),
        (200, "<html>not found</html>", true),
        (204, "", true),
        (500, "", false),
        (503, "", false),
        (429, "", false),
        (501, "", false),
    ] {
        let site = Site::new(move |request, _| match request.path {
            "/robots.txt" => answer(status, &[], body),
            _ => answer(200, &[], "a page"),
        });
        let answer = site.client().get(&ask("/")).await;
        assert_eq!(answer.is_ok(), allowed, "{status}");
        if let Err(error) = answer {
            assert_eq!(error, PublisherError::RobotsUnavailable { host: HOST.to_owned(), status });
            assert!(error.is_temporary());
            assert!(site.times("/").is_empty(), "{status}: the page is left alone");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_robots_txt_that_failed_is_asked_again_by_the_next() {
    let site = Site::new(|request, before| match request.path {
        "/robots.txt" if before < 4 => answer(500, &[], ""),
        "/robots.txt" => answer(200, &[], "User-agent: *\nDisallow: /no"),
        _ => answer(200, &[], "a page"),
    });
    let client = site.client();
    assert!(client.get(&ask("/")).await.is_err());
    fresh(client.get(&ask("/")).await);
    assert!(client.get(&ask("/no")).await.is_err());
    assert_eq!(site.times("/robots.txt").len(), 5);
}

#[tokio::test(start_paused = true)]
async fn robots_txt_may_be_elsewhere_and_huge() {
    let site = Site::new(|request, _| match request.path {
        "/robots.txt" => answer(301, &[("location", "/other/robots.txt")], ""),
        "/other/robots.txt" => {
            answer(200, &[], format!("User-agent: *\nDisallow: /no\n{}", "# more\n".repeat(500_000)))
        }
        _ => answer(200, &[], "a page"),
    });
    let client = site.client();
    fresh(client.get(&ask("/yes")).await);
    assert!(matches!(client.get(&ask("/no")).await, Err(PublisherError::RefusedByRobots { .. })));
}

#[tokio::test(start_paused = true)]
async fn crawl_delay_is_obeyed_up_to_the_longest_wait() {
    for (delay, starts) in
        [("3", [0, 3_000, 6_000]), ("0.25", [0, 250, 500]), ("3600", [0, 60_000, 120_000]), ("-1", [0, 0, 0])]
    {
        let site = Site::new(move |request, _| match request.path {
            "/robots.txt" => answer(200, &[], format!("User-agent: *\nCrawl-delay: {delay}")),
            _ => answer(200, &[], ""),
        });
        let client = site.client();
        for _ in 0..3 {
            fresh(client.get(&ask("/")).await);
        }
        assert_eq!(site.times("/"), starts, "Crawl-delay: {delay}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_repeated_with_growing_waits() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let site = Site::new(move |request, before| match (request.path, before) {
            ("/robots.txt", _) => missing(),
            (_, 0..3) => answer(status, &[], "busy"),
            _ => answer(200, &[], "a page"),
        });
        let client = site.client();
        assert_eq!(fresh(client.get(&ask("/")).await).body, b"a page", "{status}");
        let times = site.times("/");
        assert_eq!(times.len(), 4);
        for (limit, pair) in [1_000, 2_000, 4_000].into_iter().zip(times.windows(2)) {
            assert!(pair[1] - pair[0] <= limit + 1, "{status}: waits {times:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_gives_up_after_the_attempts() {
    let site =
        Site::new(|request, _| if request.path == "/robots.txt" { missing() } else { answer(502, &[], "") });
    let client = site.client_with(Politeness { attempts: 3, ..Politeness::default() });
    let error = client.get(&ask("/a")).await.unwrap_err();
    assert_eq!(error, PublisherError::Status { url: "http://paper.example.cn/a".to_owned(), status: 502 });
    assert!(error.is_temporary());
    assert_eq!(site.times("/a").len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_will_not_pass_is_asked_once() {
    for (status, is_missing) in [
        (404, true),
        (410, true),
        (400, false),
        (401, false),
        (403, false),
        (451, false),
        (501, false),
        (202, false),
        (206, false),
        (302, false),
        (999, false),
    ] {
        let site =
            Site::new(
                move |request, _| {
                    if request.path == "/robots.txt" { missing() } else { answer(status, &[], "no") }
                },
            );
        let error = site.client().get(&ask("/a")).await.unwrap_err();
        assert_eq!(error.is_missing(), is_missing, "{status}: {error}");
        assert!(!error.is_temporary(), "{status}: {error}");
        assert!(
            error.to_string().contains("http://paper.example.cn/a")
                && error.to_string().contains(&status.to_string()),
            "{error}"
        );
        assert_eq!(site.times("/a").len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    for (header, least) in [
        ("30", 30_000),
        ("Tue, 24 Nov 2026 08:00:45 GMT", 45_000),
        ("60", 60_000),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0),
        ("nonsense", 0),
    ] {
        let site = Site::new(move |request, before| match (request.path, before) {
            ("/a", 0) => {
                answer(503, &[("retry-after", header), ("date", "Tue, 24 Nov 2026 08:00:00 GMT")], "")
            }
            _ => answer(200, &[], ""),
        });
        let client = site.client();
        fresh(client.get(&ask("/a")).await);
        let waited = site.times("/a")[1];
        assert!((least..=least.max(1_000) + 1).contains(&waited), "{header}: waited {waited}");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_holds_for_the_whole_site() {
    let site = Site::new(|request, before| match (request.path, before) {
        ("/a", 0) => answer(429, &[("Retry-After", "20")], ""),
        _ => answer(200, &[], ""),
    });
    let client = site.client();
    let other = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        fresh(client.get(&ask("/b")).await)
    };
    tokio::join!(async { fresh(client.get(&ask("/a")).await) }, other);
    assert_eq!(site.times("/b"), [20_000]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_patience_ends_it_until_then() {
    let site = Site::new(|request, before| match (request.path, before) {
        ("/a", 0) => answer(429, &[("retry-after", "3600")], ""),
        _ => answer(200, &[], ""),
    });
    let client = site.client();
    let error = client.get(&ask("/a")).await.unwrap_err();
    assert_eq!(error, PublisherError::AskedToWait { host: HOST.to_owned(), seconds: 3600 });
    assert!(error.is_temporary() && !error.is_offline());
    tokio::time::sleep(Duration::from_mins(30)).await;
    let error = client.get(&ask("/b")).await.unwrap_err();
    assert_eq!(error, PublisherError::AskedToWait { host: HOST.to_owned(), seconds: 1800 });
    assert_eq!(site.paths(), ["/robots.txt", "/a"], "nobody was asked meanwhile");
    tokio::time::sleep(Duration::from_mins(30)).await;
    fresh(client.get(&ask("/a")).await);
}

#[tokio::test(start_paused = true)]
async fn validators_bring_not_modified() {
    let site = Site::new(|request, _| {
        let asked = (request.header("if-none-match"), request.header("if-modified-since"));
        match (request.path, asked) {
            ("/unasked", _) | ("/a", (Some("\"v1\""), Some("Tue, 24 Nov 2026 00:00:00 GMT"))) => {
                answer(304, &[], "")
            }
            ("/a", _) => answer(
                200,
                &[("etag", "\"v1\""), ("last-modified", "Tue, 24 Nov 2026 00:00:00 GMT")],
                "a page",
            ),
            ("/moved", _) => answer(301, &[("location", "/a")], ""),
            _ => missing(),
        }
    });
    let client = site.client();
    let first = fresh(client.get(&ask("/a")).await);
    let mut again = ask("/a");
    again.validators = first.validators.clone();
    assert_eq!(client.get(&again).await, Ok(Answer::NotModified));

    let mut moved = ask("/moved");
    moved.validators = first.validators.clone();
    let followed = fresh(client.get(&moved).await);
    assert_eq!(followed.body, b"a page", "validators of an unknown place are not sent after a redirect");
    moved.validators_of = Some(followed.url);
    assert_eq!(client.get(&moved).await, Ok(Answer::NotModified));

    let error = client.get(&ask("/unasked")).await.unwrap_err();
    assert!(matches!(error, PublisherError::NothingToCompare { .. }), "{error}");
    assert_eq!(site.times("/unasked").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn validators_that_came_from_no_header_are_not_sent() {
    let site = Site::new(|request, _| {
        assert_eq!(request.header("if-none-match"), None);
        if request.path == "/robots.txt" { missing() } else { answer(304, &[], "") }
    });
    for etag in ["\"版\"", "\"a\r\nevil: 1\"", "\0"] {
        let mut request = ask("/");
        request.validators = Validators { etag: Some(etag.to_owned()), last_modified: None };
        let error = site.client().get(&request).await.unwrap_err();
        assert!(matches!(error, PublisherError::NothingToCompare { .. }), "{etag:?}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn redirects_are_followed_but_not_anywhere() {
    let site = Site::new(|request, _| {
        let to = |location: &str| answer(302, &[("location", location)], "");
        match request.path {
            "/robots.txt" => missing(),
            "/relative/" => to("../end?x=1#here"),
            "/chinese" => to("/报纸"),
            "/permanent" => answer(308, &[("location", "//paper.example.cn/end")], ""),
            "/loop" => to("/loop2"),
            "/loop2" => to("/loop"),
            "/self" => to("/self#again"),
            "/file" => to("file:///etc/passwd"),
            "/password" => to("http://me:secret@paper.example.cn/"),
            "/inside" => to("http://127.0.0.1:9/"),
            "/inside2" => to("http://[::ffff:10.0.0.1]/"),
            "/inside3" => to("http://router/"),
            "/nonsense" => to("http://[oops"),
            path => match path.strip_prefix("/chain/").and_then(|left| left.parse::<u32>().ok()) {
                Some(left @ 1..) => to(&format!("/chain/{}", left - 1)),
                _ => answer(200, &[], "the end"),
            },
        }
    });
    let client = site.client();
    for (path, end) in [
        ("/relative/", "http://paper.example.cn/end?x=1"),
        ("/chinese", "http://paper.example.cn/%E6%8A%A5%E7%BA%B8"),
        ("/permanent", "http://paper.example.cn/end"),
        ("/chain/6", "http://paper.example.cn/chain/0"),
    ] {
        assert_eq!(fresh(client.get(&ask(path)).await).url.as_str(), end);
    }
    for path in ["/chain/7", "/loop", "/self"] {
        let error = client.get(&ask(path)).await.unwrap_err();
        assert!(matches!(error, PublisherError::TooManyRedirects { .. }), "{path}: {error}");
    }
    for path in ["/file", "/password", "/inside", "/inside2", "/inside3", "/nonsense"] {
        let error = client.get(&ask(path)).await.unwrap_err();
        assert!(matches!(error, PublisherError::BadRedirect { .. }), "{path}: {error}");
        assert!(!error.is_temporary());
    }
}

#[tokio::test(start_paused = true)]
async fn sizes_are_limited() {
    let site = Site::new(|request, _| match request.path {
        "/robots.txt" => missing(),
        "/long" => answer(200, &[], vec![b'x'; 101]),
        "/fits" => answer(200, &[], vec![b'x'; 100]),
        "/announced" => answer(200, &[("content-length", "101")], ""),
        _ => answer(200, &[("content-length", "50")], "less"),
    });
    let client = site.client();
    for (path, is_too_large) in [("/long", true), ("/announced", true), ("/fits", false)] {
        let mut request = ask(path);
        request.most_bytes = 100;
        match client.get(&request).await {
            Ok(_) => assert!(!is_too_large, "{path}"),
            Err(error) => {
                assert!(matches!(error, PublisherError::TooLarge { limit: 100, .. }), "{path}: {error}");
                assert!(is_too_large && !error.is_temporary(), "{path}");
                assert_eq!(site.times(path).len(), 1);
            }
        }
    }
    let error = client.get(&ask("/cut")).await.unwrap_err();
    assert!(matches!(error, PublisherError::Broken { .. }), "{error}");
    assert_eq!(site.times("/cut").len(), 4, "what came broken is asked again");
}

#[tokio::test]
async fn bad_addresses_are_refused_unasked() {
    let client = Client::builder().build().unwrap();
    for address in ["file:///etc/passwd", "ftp://paper.example.cn/", "http://me:secret@paper.example.cn/"] {
        let error =
            client.get(&Request::new(Url::parse(address).unwrap(), Accept::Document)).await.unwrap_err();
        assert!(matches!(error, PublisherError::BadUrl { .. }), "{address}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert_eq!(client.requests(), 0);
    assert!(Client::builder().origin("not a host", Site::new(|_, _| missing())).build().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_page_comes_with_its_charset() {
    let site = Site::new(|request, _| match request.path {
        "/robots.txt" => missing(),
        // 看报 in GBK.
        _ => answer(200, &[("Content-Type", "text/html; charset=GB2312")], b"\xBF\xB4\xB1\xA8"),
    });
    let fetched = fresh(site.client().get(&ask("/")).await);
    assert_eq!(fetched.content_type.as_deref(), Some("text/html; charset=GB2312"));
    assert_eq!((fetched.text().text.as_str(), fetched.text().encoding), ("看报", "gb18030"));
}

#[tokio::test(start_paused = true)]
async fn a_length_is_asked_for_as_politely_as_a_document() {
    let site = Site::new(|request, _| match request.path {
        "/robots.txt" => answer(200, &[], "User-agent: *\nDisallow: /secret/"),
        "/01.pdf" => answer(200, &[], vec![7; 4_321]),
        "/moved.pdf" => answer(302, &[("Location", "/01.pdf")], "moved"),
        _ => missing(),
    });
    let client = site.client();
    let length = async |path| {
        let request = Request { accept: Accept::Pdf, ..ask(path) };
        client.announced_length(&request).await
    };
    assert_eq!(length("/01.pdf").await.unwrap(), Some(4_321));
    assert_eq!(length("/moved.pdf").await.unwrap(), None, "it is not followed");
    assert_eq!(length("/absent.pdf").await.unwrap(), None);
    let refused = length("/secret/01.pdf").await.unwrap_err();
    assert!(matches!(refused, PublisherError::RefusedByRobots { .. }), "{refused}");
    assert_eq!(site.paths(), ["/robots.txt", "/01.pdf", "/moved.pdf", "/absent.pdf"]);
}

fn question(path: &str, body: &str) -> Request {
    Request { post: Some(Post::json(body.to_owned())), ..ask(path) }
}

#[tokio::test(start_paused = true)]
async fn a_question_is_posted_as_the_sites_scripts_post_it() {
    let site = Site::new(|request, before| match (request.path, request.posted, before) {
        ("/robots.txt", None, _) => answer(200, &[], "User-agent: *\nDisallow: /closed"),
        ("/ask", Some(body), 0) => {
            assert_eq!(body, b"{\"date\":\"2026-11-24\"}");
            answer(503, &[("Retry-After", "2")], "")
        }
        ("/ask", Some(body), _) => {
            assert_eq!(request.header("content-type"), Some("application/json"));
            assert_eq!(request.header("x-requested-with"), Some("XMLHttpRequest"));
            assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("Kanbao/")));
            assert_eq!((request.header("if-none-match"), request.header("cookie")), (None, None));
            answer(200, &[("ETag", "\"1\"")], body)
        }
        ("/page", None, _) => {
            assert_eq!((request.header("x-requested-with"), request.header("content-type")), (None, None));
            answer(200, &[], "page")
        }
        _ => missing(),
    });
    let client = site.client();
    let mut asked = question("/ask", "{\"date\":\"2026-11-24\"}");
    asked.validators.etag = Some("\"1\"".to_owned());
    assert_eq!(fresh(client.get(&asked).await).body, b"{\"date\":\"2026-11-24\"}");
    // It is repeated, and waits, like anything else; robots.txt holds for it too.
    let times = site.times("/ask");
    assert!(times.len() == 2 && times[1] - times[0] >= 2_000, "{times:?}");
    let refused = client.get(&question("/closed", "{}")).await.unwrap_err();
    assert!(matches!(refused, PublisherError::RefusedByRobots { .. }), "{refused}");
    assert_eq!(fresh(client.get(&ask("/page")).await).body, b"page");
    let long = client.get(&question("/ask", &"x".repeat(Post::MOST_BYTES + 1))).await.unwrap_err();
    assert!(long.to_string().contains("8193 bytes"), "{long}");
    assert_eq!(site.times("/ask").len(), 2, "what is too long is not sent");
}

#[tokio::test(start_paused = true)]
async fn what_is_posted_goes_to_no_other_site() {
    let site = Site::new(|request, _| match (request.path, request.posted) {
        ("/moved", Some(_)) => answer(308, &[("Location", "/here")], ""),
        ("/found", Some(_)) => answer(302, &[("Location", "/here")], ""),
        ("/here", Some(body)) => answer(200, &[], body),
        ("/taken", Some(_)) => answer(303, &[("Location", "http://elsewhere.example.cn/result")], ""),
        ("/result", None) => answer(200, &[], "result"),
        ("/away", Some(_)) => answer(307, &[("Location", "http://elsewhere.example.cn/here")], ""),
        ("/port", Some(_)) => answer(307, &[("Location", "http://paper.example.cn:8080/here")], ""),
        _ => missing(),
    });
    let origin =
        |client: kanbao_publisher::ClientBuilder, host: &str| client.origin(host, Arc::clone(&site) as _);
    let client = origin(origin(Client::builder(), HOST), "elsewhere.example.cn").build().unwrap();
    for path in ["/moved", "/found"] {
        assert_eq!(fresh(client.get(&question(path, "{}")).await).body, b"{}", "{path}");
    }
    // 303 says that the answer lies elsewhere: it is fetched, and nothing is sent there.
    assert_eq!(fresh(client.get(&question("/taken", "{}")).await).body, b"result");
    for path in ["/away", "/port"] {
        let refused = client.get(&question(path, "{}")).await.unwrap_err();
        let told = refused.to_string();
        assert!(
            matches!(refused, PublisherError::BadRedirect { .. }) && told.contains("not sent on"),
            "{told}"
        );
    }
    assert_eq!(site.times("/here").len(), 2);
}
