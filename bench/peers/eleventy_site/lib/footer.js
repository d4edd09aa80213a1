export const footer = `<footer class="foot">
<div class="wrap">
<div>
<h2>Find</h2>
<ul>
<li><a href="/catalogue/">Courses and badges</a></li>
<li><a href="/skills/">Skills</a></li>
<li><a href="/issuers/">Issuers</a></li>
<li><a href="/topics/">Topics</a></li>
</ul>
</div>
<div>
<h2>Data</h2>
<ul>
<li><a href="/feed.xml">News feed</a></li>
<li><a href="/feed.json">News as JSON</a></li>
<li><a href="/catalogue.json">Whole catalogue as JSON</a></li>
</ul>
</div>
<p>Edition 1</p>
</div>
</footer>`;
