#!/bin/sh
find /srv/cache -mtime +"$1" -delete
