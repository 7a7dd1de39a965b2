/* On the page of an old address: a refresh drops what stands behind # in a link to a quote, this keeps it. */
location.replace(document.links[0].href + location.hash);
